public import FoundationEssentials

/// The owner of rows in the tenant plane.
public struct TenantID: Hashable, Sendable {
    /// The id itself.
    public let uuid: UUID

    /// Creates the id of a tenant.
    public init(_ uuid: UUID) { self.uuid = uuid }

    /// Reads 8-4-4-4-12 hexadecimal digits in either case; nil for anything else.
    public init?(text: some StringProtocol) {
        guard let uuid = UUID(text: text) else { return nil }
        self.init(uuid)
    }

    /// The tenant of every row that names none: `00000000-0000-0000-0000-000000000001`.
    public static let seed = TenantID(
        UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1)))

    /// The lower-case text.
    public var text: String { uuid.text }
}

extension TenantID: CustomStringConvertible {
    /// The lower-case text.
    public var description: String { text }
}
