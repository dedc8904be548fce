/// Whether a transaction may write.
///
/// Source: PostgreSQL 18 manual, "SET TRANSACTION".
public enum TransactionAccess: String, Sendable, CaseIterable {
    /// It may change data.
    case readWrite = "READ WRITE"
    /// Statements that change data are error 25006.
    case readOnly = "READ ONLY"
}
