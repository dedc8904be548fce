public import FoundationEssentials
public import JSONModel

/// What belongs to a new API key.
public struct APIKeyOptions: Hashable, Sendable {
    /// The name that people see.
    public var name: String
    /// What callers with the key may do; the program that resolves it decides about the shape.
    public var permissions: JSONValue
    /// How often the key may be used, in the program's own shape.
    public var rateLimit: JSONValue?
    /// When the key stops to resolve; nil if never.
    public var expiresAt: Date?

    /// Creates options.
    public init(
        name: String = "", permissions: JSONValue = [], rateLimit: JSONValue? = nil, expiresAt: Date? = nil
    ) {
        self.name = name
        self.permissions = permissions
        self.rateLimit = rateLimit
        self.expiresAt = expiresAt
    }
}
