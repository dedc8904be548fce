/// How a transaction is begun.
///
/// Source: PostgreSQL 18 manual, "SET TRANSACTION".
public struct TransactionOptions: Hashable, Sendable {
    /// What a transaction sees of others that run beside it.
    public enum Isolation: String, Sendable {
        case readCommitted = "READ COMMITTED"
        case repeatableRead = "REPEATABLE READ"
        case serializable = "SERIALIZABLE"
    }

    /// Whether a transaction may write.
    public enum Access: String, Sendable {
        case readWrite = "READ WRITE"
        case readOnly = "READ ONLY"
    }

    /// nil leaves the session's default.
    public var isolation: Isolation?
    /// nil leaves the session's default.
    public var access: Access?
    /// Whether a serializable, read-only transaction waits until it cannot fail; nil leaves the session's default.
    public var isDeferrable: Bool?

    /// Leaves everything that is not named to the session's defaults.
    public init(isolation: Isolation? = nil, access: Access? = nil, isDeferrable: Bool? = nil) {
        self.isolation = isolation
        self.access = access
        self.isDeferrable = isDeferrable
    }

    var statement: PostgresQuery {
        var parts: [String] = []
        if let isolation { parts.append("ISOLATION LEVEL \(isolation.rawValue)") }
        if let access { parts.append(access.rawValue) }
        if let isDeferrable { parts.append(isDeferrable ? "DEFERRABLE" : "NOT DEFERRABLE") }
        return parts.isEmpty ? "BEGIN" : "BEGIN \(raw: parts.joined(separator: ", "))"
    }
}
