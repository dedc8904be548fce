/// What a transaction sees of others that run beside it.
///
/// Source: PostgreSQL 18 manual, "Transaction Isolation".
public enum TransactionIsolation: String, Sendable, CaseIterable {
    /// Each statement sees what was committed before it began.
    case readCommitted = "READ COMMITTED"
    /// All statements see what was committed before the first one; a conflicting write is error 40001.
    case repeatableRead = "REPEATABLE READ"
    /// As if transactions ran one after the other; what cannot be put in an order is error 40001.
    case serializable = "SERIALIZABLE"
}
