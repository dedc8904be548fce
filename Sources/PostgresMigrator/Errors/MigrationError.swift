public import PostgresWire

/// Why a database could not be brought to, or is not at, the migrations of a program.
public enum MigrationError: Error, Sendable {
    /// The migrations or options contradict themselves.
    case invalid(String)
    /// There is no ledger in the schema.
    case notMigrated(schema: String)
    /// Migrations are pending, and a program may not start before they ran.
    case olderThanThisProgram(database: Int, program: Int, pending: [String])
    /// The ledger has a migration that is newer than any of this program.
    case newerThanThisProgram(database: Int, program: Int)
    /// The ledger has a row that is none of this program's, though not a newer one.
    case unknownMigration(version: Int, name: String)
    /// The text of a migration that ran is not the text it had then.
    case checksumChanged(version: Int, name: String)
    /// Migrations are missing in the ledger below one that ran.
    case gap(missing: [Int], newest: Int)
    /// A template value differs from the one that earlier migrations used.
    case parameterDiffers(name: String, recorded: Int, given: Int)
    /// An extension that a migration requires is not installed on the server.
    case extensionMissing(String)
    /// Another migrator held the lock for the whole wait.
    case lockBusy(waited: Duration)
    /// A migration failed and was rolled back.
    case failed(version: Int, name: String, cause: PostgresError)
    /// The live catalog lacks objects that the migrations leave, or has others in their place.
    case catalogDiffers(CatalogComparison)
    /// The database was migrated by another program, whose ledger this is, and has not been adopted.
    case needsAdoption(ledger: String)
    /// The database was migrated by another program and cannot be taken over as it is.
    case cannotAdopt(reason: String, remedy: String)
    /// The server could not be reached, or refused what the migrator itself asked.
    case server(PostgresError)
    /// Something else ended the call, such as a cancellation.
    case interrupted(String)
}

extension MigrationError {
    /// Turns whatever a body throws into a migration error.
    package static func mapping<R>(_ body: () async throws -> R) async throws(MigrationError) -> R {
        do {
            return try await body()
        } catch let error as MigrationError {
            throw error
        } catch let error as PostgresError {
            throw .server(error)
        } catch {
            throw .interrupted(String(describing: error))
        }
    }
}
