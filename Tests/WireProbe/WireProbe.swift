import PostgresWire

/// A small program that uses the client as any other would, for faults that are put into its system calls from
/// outside.
///
/// It prints one line a step: its name, the milliseconds it took, and its answer or its error. It ends with 0 if all
/// answers are right, with 3 after an error of the client and with 4 after a wrong answer.
@main
struct WireProbe {
    /// What a step returns and what it should return.
    private struct WrongAnswer: Error {
        let answer: String
    }

    static func main() async {
        guard let url = environment("WIRE_PROBE_URL") else { return finish(2, "WIRE_PROBE_URL is not set") }
        do {
            let connection = try await step("connect") { try await connect(url) }
            try await step("select") { try await select(connection) }
            try await step("rows") { try await rows(connection) }
            try await step("copy") { try await copy(connection) }
            try await step("transaction") { try await transact(connection) }
            connection.close()
            finish(0, "done")
        } catch let error as PostgresError {
            finish(3, "\(error.code.rawValue) \(error.effect.rawValue) \(error)")
        } catch let error as WrongAnswer {
            finish(4, "wrong answer: \(error.answer)")
        } catch {
            finish(5, "another error: \(error)")
        }
    }

    @discardableResult
    private static func step<Result: Sendable>(
        _ name: String, _ body: () async throws -> Result
    ) async throws -> Result {
        let start = ContinuousClock.now
        defer {
            let time = start.duration(to: .now)
            print("step \(name) \(Int(time / .milliseconds(1)))")
        }
        return try await body()
    }

    private static func connect(_ url: String) async throws -> PostgresConnection {
        var configuration = try PostgresConfiguration(url: url)
        configuration.connectTimeout = .seconds(20)
        configuration.queryTimeout = .seconds(20)
        return try await PostgresConnection.connect(configuration)
    }

    private static func select(_ connection: PostgresConnection) async throws {
        for value in 1...5 {
            let answer = try await connection.one(
                "SELECT \(value)::int8 * 2, \("text")::text", as: (Int, String).self)
            guard answer == (value * 2, "text") else { throw WrongAnswer(answer: "\(answer)") }
        }
    }

    private static func rows(_ connection: PostgresConnection) async throws {
        var sum = 0
        let rows = try await connection.query(
            "SELECT x::int8, repeat('r', 100) FROM generate_series(1, 4000) x")
        for try await row in rows { sum += try row.decode((Int, String).self).0 }
        guard sum == 8_002_000 else { throw WrongAnswer(answer: "\(sum)") }
    }

    private static func copy(_ connection: PostgresConnection) async throws {
        try await connection.execute("CREATE TEMP TABLE probe (id int8, note text)")
        let count = try await connection.copyIn(into: "probe", columns: ["id", "note"]) { writer in
            for id in 1...2_000 { try await writer.write(id, String(repeating: "n", count: 100)) }
        }
        let sum = try await connection.one("SELECT sum(id)::int8 FROM probe", as: Int.self)
        guard count == 2_000, sum == 2_001_000 else { throw WrongAnswer(answer: "\(count) \(sum)") }
    }

    private static func transact(_ connection: PostgresConnection) async throws {
        let count = try await connection.withTransaction { connection in
            try await connection.execute("DELETE FROM probe WHERE id > 5")
            return try await connection.one("SELECT count(*) FROM probe", as: Int.self)
        }
        guard count == 5 else { throw WrongAnswer(answer: "\(count)") }
    }
}
