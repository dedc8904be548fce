import PostgresWire
import TestSupport

/// One call of the cancel storm: how it is made, when it is cancelled and what it must answer follow from its number.
struct StormCall: Sendable {
    let number: Int
    let isCancelled: Bool
    /// How long the server takes, in milliseconds.
    private let work: Double
    /// When the task is cancelled, in microseconds.
    private let moment: Int

    init(number: Int) {
        self.number = number
        isCancelled = number % 3 != 0
        var random = SeededGenerator(seed: UInt64(number))
        work = Double(random.below(4_000)) / 1_000
        moment = random.below(8_000)
    }

    func run(on client: PostgresClient) async -> CancelTally.Outcome {
        let task = Task { try await answer(from: client) }
        if isCancelled {
            if moment > 100 { try? await Task.sleep(for: .microseconds(moment)) }
            task.cancel()
        }
        do {
            return try await task.value == [number, number] ? .answered : .wrongAnswer
        } catch {
            return CancelTally.outcome(of: error, wasCancelled: isCancelled)
        }
    }

    private var query: PostgresQuery { "SELECT \(number), pg_sleep(\(work / 1_000))::text" }

    /// Asks the server for the number twice, in one of five ways.
    private func answer(from client: PostgresClient) async throws -> [Int] {
        switch number % 5 {
        case 0:
            let first = try await client.one(query, as: (Int, String).self).0
            return [first, try await client.one("SELECT \(number)", as: Int.self)]
        case 1:
            return try await client.withConnection { connection in
                let first = try await connection.one(query, as: (Int, String).self).0
                return [first, try await connection.one("SELECT \(number)", as: Int.self)]
            }
        case 2:
            return try await client.withTransaction { connection in
                let first = try await connection.one(query, as: (Int, String).self).0
                return [first, try await connection.one("SELECT \(number)", as: Int.self)]
            }
        case 3:
            return try await client.batch(["SELECT \(number)", query]).map {
                try $0[0].decode(Int.self, at: 0)
            }
        default: return try await client.withConnection { try await streamed(from: $0) }
        }
    }

    /// Reads a stream whose rows all hold the number.
    private func streamed(from connection: PostgresConnection) async throws -> [Int] {
        var seen: Set<Int> = []
        var count = 0
        for try await row in try await connection.query(
            "SELECT \(number), pg_sleep(\(work / 50_000))::text FROM generate_series(1, 50)")
        {
            seen.insert(try row.decode(Int.self, at: 0))
            count += 1
        }
        return count == 50 ? Array(seen) + Array(seen) : [count]
    }
}
