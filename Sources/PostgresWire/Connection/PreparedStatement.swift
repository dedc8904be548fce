internal import PostgresCodecs
internal import PostgresProtocol

/// A statement as the server of one session knows it.
///
/// `@unchecked Sendable`: everything that changes is touched only with the session's lock held.
final class PreparedStatement: @unchecked Sendable {
    let key: StatementKey
    let name: String
    /// Whether the server has confirmed the Parse.
    var isParsed = false
    /// Known once the server has described the statement.
    var columns: RowColumns?
    /// Whether its SQL may make something temporary.
    lazy var mentionsTemporary = TemporaryWords.occur(in: key.sql)

    /// The types of its parameters, known with its columns.
    var parameterTypes: [UInt32] = []

    /// A statement that lives until the next unnamed one is parsed.
    init(unnamed key: StatementKey) {
        self.key = key
        name = ""
    }

    init(key: StatementKey) {
        self.key = key
        let types = key.types.map(String.init).joined(separator: ",")
        // The name follows from the text and the types: two sessions that share a server connection through a pooler
        // give one name to one statement, and never one name to two.
        name = "o_" + OpenSSLCryptography.sha256Hexadecimal(Array("\(types):\(key.sql)".utf8)).prefix(32)
    }
}

/// What makes two statements the same: text and parameter types.
struct StatementKey: Hashable, Sendable {
    let sql: String
    let types: [UInt32]
}
