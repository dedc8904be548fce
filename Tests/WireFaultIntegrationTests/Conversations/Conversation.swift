import PostgresWire

/// Something that a program does with a connection: the same calls and the same answer each time.
struct Conversation: Sendable {
    /// What it does, in a word or two.
    let name: String
    /// The answer in full, as a text.
    let answer: String
    /// The calls; the result is the answer.
    let run: @Sendable (PostgresConnection) async throws -> String

    init(
        _ name: String, _ answer: String,
        _ run: @escaping @Sendable (PostgresConnection) async throws -> String
    ) {
        self.name = name
        self.answer = answer
        self.run = run
    }

    /// Opens a connection, has the conversation and closes the connection.
    ///
    /// - Throws: What the calls throw; `StillOpen` if an error that ends a connection left it open.
    func converse(_ configuration: PostgresConfiguration) async throws -> String {
        let connection = try await PostgresConnection.connect(configuration)
        defer { connection.close() }
        do {
            return try await run(connection)
        } catch let error as PostgresError {
            // What is left of a broken answer must never be read as another's.
            // Data of a COPY in a wrong format are the COPY's own matter.
            let mayStay = error.code == .server || error.code == .decoding
            guard mayStay || connection.isClosed else { throw StillOpen(error: error) }
            throw error
        }
    }

    /// A connection that can still be used after an error that says it cannot.
    struct StillOpen: Error {
        let error: PostgresError
    }
}
