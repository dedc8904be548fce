/// The SQLSTATEs that the migrator decides by.
///
/// Source: PostgreSQL 18 manual, appendix A "PostgreSQL Error Codes".
enum SQLState {
    /// A lock was not granted within `lock_timeout`.
    static let lockNotAvailable = "55P03"
    /// The role lacks the privilege.
    static let insufficientPrivilege = "42501"

    /// Whether the table, or its schema, does not exist.
    static func meansMissingTable(_ state: String?) -> Bool { state == "42P01" || state == "3F000" }
}
