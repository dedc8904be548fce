#if CLI
import ArgumentParser

/// What can be said of a statement before the server has seen it.
enum StatementText {
    /// Refuses what is no statement that these commands can run.
    static func check(_ sql: String) throws {
        guard !sql.allSatisfy(\.isWhitespace) else { throw ValidationError("The statement is empty.") }
        let words = sql.uppercased().split { !$0.isLetter && $0 != "_" }
        guard words.first == "COPY", words.contains("STDIN") || words.contains("STDOUT") else { return }
        throw ValidationError(
            "COPY from or to the client is not a query. Use psql's \\copy, or PostgresWire's copyIn and copyOut."
        )
    }
}
#endif
