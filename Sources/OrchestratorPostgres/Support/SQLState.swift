/// The SQLSTATEs that the adapters tell apart.
///
/// Source: PostgreSQL 18 manual, "PostgreSQL Error Codes"; those that begin with ORC are raised by our own
/// functions.
enum SQLState {
    static let foreignKeyViolation = "23503"
    static let uniqueViolation = "23505"
    /// PostgreSQL 18 and newer, where a row is kept by ON DELETE RESTRICT.
    static let restrictViolation = "23001"
    static let insufficientPrivilege = "42501"
    /// The run row does not permit the write: missing, claimed again, or terminal.
    static let runRefused = "ORC01"
    /// The job is not held by the claim that the statement names.
    static let jobRefused = "ORC03"
    /// A row that the statement names belongs to another tenant.
    static let foreignTenant = "ORC04"
    /// A request is not possible in the present state of the run.
    static let requestRefused = "ORC05"
    /// Something else is stored under an id that a statement names.
    static let contentDiffers = "ORC06"
}
