/// How a transaction is begun; nil leaves a property to the session's default.
struct TransactionOptions: Hashable, Sendable {
    var isolation: TransactionIsolation?
    var access: TransactionAccess?
    var isDeferrable: Bool?

    /// The statement that begins it.
    var statement: PostgresQuery {
        var parts: [String] = []
        if let isolation { parts.append("ISOLATION LEVEL \(isolation.rawValue)") }
        if let access { parts.append(access.rawValue) }
        if let isDeferrable { parts.append(isDeferrable ? "DEFERRABLE" : "NOT DEFERRABLE") }
        return parts.isEmpty ? "BEGIN" : "BEGIN \(raw: parts.joined(separator: ", "))"
    }

    /// Whether a transaction that was begun like this gives what `inner` asks for.
    func satisfies(_ inner: TransactionOptions) -> Bool {
        (inner.isolation == nil || inner.isolation == isolation)
            && (inner.access == nil || inner.access == access)
            && (inner.isDeferrable == nil || inner.isDeferrable == isDeferrable)
    }
}
