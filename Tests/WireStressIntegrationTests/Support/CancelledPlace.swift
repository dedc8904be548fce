import PostgresWire
import TestSupport

/// Cancels what runs on a pool of one connection, again and again, and looks at the next borrower.
struct CancelledPlace: Sendable {
    struct Report: Sendable {
        let name: String
        var tally = CancelTally()
        /// From the cancel until the next borrower had the slot.
        var slotBack = Times()
        /// What next borrowers found that did not belong there.
        var spoiled: [String] = []
        /// Sessions that were given up, for which there is no reason.
        var lostSessions = 0
    }

    let name: String
    /// The latest moment of a cancel, in microseconds.
    let moments: Int

    func cancel(
        _ count: Int, on client: PostgresClient,
        _ body: @escaping @Sendable (PostgresClient, Int) async throws -> Void
    ) async throws -> Report {
        var report = Report(name: name)
        var random = SeededGenerator(seed: UInt64(name.utf8.count))
        _ = try await client.one("SELECT 1", as: Int.self)
        for index in 0..<count {
            let task = Task { try await body(client, index) }
            try await Task.sleep(for: .microseconds(200 + random.below(moments)))
            let start = ContinuousClock.now
            task.cancel()
            let (back, found) = try await client.withConnection { connection in
                let back = start.duration(to: .now)
                let status = connection.transactionStatus
                let answer = try await connection.one(
                    "SELECT \(index), current_setting('transaction_isolation')", as: (Int, String).self)
                let isClean = answer == (index, "read committed") && status == .idle
                return (back, isClean ? nil : "cancel \(index) left \(answer) and \(status)")
            }
            report.slotBack.add(back)
            if let found { report.spoiled.append(found) }
            switch await task.result {
            case .success: report.tally.add(CancelTally.Outcome.answered)
            case .failure(let error):
                report.tally.add(CancelTally.outcome(of: error, wasCancelled: true))
            }
        }
        report.lostSessions = client.statistics.broken
        return report
    }
}
