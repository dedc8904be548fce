import PostgresWire
import TestSupport
import Testing

/// Row R11: cancels at random moments.
@Suite struct CancelStormIntegrationTests {
    /// Each statement carries its own number: an answer that belongs to another one would show, as would a
    /// cancellation that hits a task which was never cancelled.
    @Test(.timeLimit(.minutes(20)))
    func `cancels at random moments never hit a neighbour, lose a slot or spoil a count`() async throws {
        let cancels = StressSize.pick(900, full: 10_000)
        let name = "storm_\(UInt32.random(in: 0 ... .max))"
        try await withPool(
            pool {
                $0.maximumConnections = 4
                $0.server.applicationName = name
            }
        ) { client in
            let start = ContinuousClock.now
            let tally = await storm(cancels: cancels, on: client)
            let elapsed = start.duration(to: .now)
            #expect(tally.wrongAnswers == 0)
            #expect(tally.foreign == 0)
            #expect(tally.others == [])
            #expect(tally.total == cancels * 3 / 2)
            #expect(tally.stopped > cancels / 50)
            #expect(tally.answered >= cancels / 2)
            // What was returned untidily comes back a moment later.
            #expect(await holds { client.statistics.lent == 0 && client.statistics.opening == 0 })
            let after = client.statistics
            #expect(after.waiting == 0)
            #expect(after.connections == after.idle)
            #expect(after.opened <= 4)
            #expect(after.broken == 0)
            #expect(after.failedOpenings == 0)
            #expect(after.timedOut == 0)
            #expect(after.refused == 0)
            let processes = try await lendAtOnce(4, of: client)
            #expect(Set(processes).count == 4)
            let seen = try await client.one(
                "SELECT count(*) FROM pg_stat_activity WHERE application_name = \(name)", as: Int.self)
            #expect(seen == 4)
            #expect(client.statistics.connections == 4)
            StressSize.report(
                "R11 cancel storm",
                "\(cancels) cancels among \(tally.total) calls on 4 connections in \(elapsed): "
                    + "\(tally.answered) answered, \(tally.stopped) stopped by the server, \(tally.gone) gone "
                    + "before, \(tally.wrongAnswers) wrong answers, \(tally.foreign) foreign 57014, "
                    + "\(4 - processes.count) lost slots, \(after.untidyReturns) untidy returns")
        }
    }

    /// Two of three calls are cancelled, after a time that depends on their number.
    private func storm(cancels: Int, on client: PostgresClient) async -> CancelTally {
        let total = cancels * 3 / 2
        let next = Shared(0)
        return await withTaskGroup(of: CancelTally.self) { group in
            for _ in 0..<5 {
                group.addTask {
                    var tally = CancelTally()
                    while true {
                        let index = next.next()
                        guard index < total else { return tally }
                        tally.add(await StormCall(number: index).run(on: client))
                    }
                }
            }
            return await group.reduce(into: CancelTally()) { $0.add($1) }
        }
    }
}

extension CancelTally {
    mutating func add(_ other: CancelTally) {
        for _ in 0..<other.answered { add(Outcome.answered) }
        for _ in 0..<other.wrongAnswers { add(Outcome.wrongAnswer) }
        for _ in 0..<other.stopped { add(Outcome.stopped) }
        for _ in 0..<other.gone { add(Outcome.gone) }
        for _ in 0..<other.foreign { add(Outcome.foreign) }
        for text in other.others { add(Outcome.other(text)) }
    }
}
