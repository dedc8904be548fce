#if CLI
import PostgresWire

/// What a server, our role and our database are like.
struct ServerFacts: Sendable {
    /// A column of vectors, and the HNSW index on its table.
    struct VectorColumn: Sendable {
        var table: String
        var column: String
        /// The type as `vector(384)`.
        var type: String
        /// Whether the table has an HNSW index that can be used.
        var hasIndex: Bool
        /// An HNSW index whose building was broken off.
        var brokenIndex: String?
    }

    /// Settings by name, as `pg_settings` holds them.
    var settings: [String: String] = [:]
    var role = ""
    var database = ""
    /// Whether row-level security leaves the role alone.
    var isAboveRowSecurity = false
    var isSuperuser = false
    var isStandby = false
    var encoding = ""
    /// The number of the server process that answered, which a pooler does not tell at the start.
    var backendProcessID: Int32?
    /// Whether the operating system's collation is no longer the one that indexes were built with.
    var hasChangedCollation = false
    /// Name and version of every extension, by name.
    var extensions: [(name: String, version: String)] = []
    /// The version of pgvector that could be installed; nil if the server has none.
    var availableVector: String?
    var sessions = 0
    /// How many transactions ago the oldest row of any database was frozen.
    var transactionAge = 0
    /// How many sessions have kept a transaction open for more than five minutes without doing anything.
    var forgottenTransactions = 0
    var vectorColumns: [VectorColumn] = []

    func number(_ setting: String) -> Int? { settings[setting].flatMap { Int($0) } }

    var version: Int { number("server_version_num") ?? 0 }

    var hasVector: Bool { extensions.contains { $0.name == "vector" } }
}
#endif
