/// The key of an advisory lock: one number of 64 bits or two of 32.
///
/// The two kinds are apart: no pair is the same lock as a single number. Keys belong to one database.
///
/// Source: PostgreSQL 18 manual, "Advisory Lock Functions".
public struct AdvisoryLockKey: Hashable, Sendable, ExpressibleByIntegerLiteral {
    enum Form: Hashable, Sendable {
        case single(Int64)
        case pair(Int32, Int32)
    }

    let form: Form

    /// A key of one number.
    public init(_ key: Int64) { form = .single(key) }

    /// A key of two numbers, for example of what is locked and of which one.
    public init(_ first: Int32, _ second: Int32) { form = .pair(first, second) }

    /// A key of one number.
    public init(integerLiteral value: Int64) { self.init(value) }

    /// A call of one of the server's functions with this key.
    func query(_ function: String) -> PostgresQuery {
        switch form {
        case .single(let key): "SELECT pg_catalog.\(raw: function)(\(key))"
        case .pair(let first, let second): "SELECT pg_catalog.\(raw: function)(\(first), \(second))"
        }
    }
}
