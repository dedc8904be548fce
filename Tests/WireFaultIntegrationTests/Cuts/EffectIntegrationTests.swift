import PostgresWire
import TestSupport
import Testing

/// What an error says of the effect of a call, compared with what the real server has done.
@Suite(.serialized) struct EffectIntegrationTests {
    /// One connection that is cut.
    private struct Trial: Sendable {
        let change: Change
        let speaker: Transcript.Speaker
        let offset: Int
        let ending: FaultEnding
        let id: Int64

        var name: String {
            "\(change.name), \(speaker == .server ? "answers" : "requests") cut, \(ending.rawValue)"
        }

        /// The same once more, for a row of its own.
        var again: Trial {
            Trial(change: change, speaker: speaker, offset: offset, ending: ending, id: id + 1_000_000)
        }
    }

    /// Makes a change over a connection that is cut, and returns what it came to and what the server has done.
    private func run(_ trial: Trial, _ database: TestDatabase) async throws -> (Outcome, isDone: Bool) {
        let cut = Fault.cut(.byte(trial.offset), trial.ending, of: trial.speaker)
        let outcome = try await FaultProxy.between(database.url, [cut]) { proxy in
            var configuration = try PostgresConfiguration(url: proxy.url)
            configuration.applicationName = "trial-\(trial.id)"
            return await Outcome.of {
                let connection = try await PostgresConnection.connect(configuration)
                defer { connection.close() }
                try await trial.change.run(connection, trial.id)
                return "done"
            }
        }
        // What has left may still be worked on.
        var isWorking = true
        for _ in 0..<200 where isWorking {
            isWorking = try await database.client.one(
                "SELECT count(*) > 0 FROM pg_stat_activity WHERE application_name = \("trial-\(trial.id)")",
                as: Bool.self)
        }
        let count = try await database.client.one(
            "SELECT count(*) FROM done WHERE id = \(trial.id)", as: Int.self)
        return (outcome, count == 1)
    }

    /// How many bytes each side says while a change is made.
    private func lengths(_ change: Change, _ database: TestDatabase) async throws -> (
        client: Int, server: Int
    ) {
        var configuration = database.configuration
        let tap = try WireTap(serverPort: configuration.port)
        defer { tap.close() }
        configuration.port = tap.port
        let connection = try await PostgresConnection.connect(configuration)
        try await change.run(connection, -1)
        connection.close()
        let transcript = try #require(tap.finish().first)
        return (transcript.bytes(of: .client).count, transcript.bytes(of: .server).count)
    }

    private func trials(_ database: TestDatabase) async throws -> [Trial] {
        var trials: [Trial] = []
        var generator = SeededGenerator(seed: 5)
        for change in Change.all {
            let lengths = try await lengths(change, database)
            for (speaker, length) in [(Transcript.Speaker.client, lengths.client), (.server, lengths.server)]
            {
                // Most of the server's bytes are its login; what matters is behind them.
                let all = Array((speaker == .server ? length - 400 : 0)...length)
                let count = Effort.isFull ? all.count : 14
                for offset in all.shuffled(using: &generator).prefix(count) {
                    let ending = offset.isMultiple(of: 2) ? FaultEnding.finish : .reset
                    trials.append(
                        Trial(
                            change: change, speaker: speaker, offset: offset, ending: ending,
                            id: Int64(trials.count + 1)))
                }
            }
        }
        return trials
    }

    @Test(.timeLimit(.minutes(10)))
    func `an error never denies what the server has done`() async throws {
        try await TestServer.withDatabase { database in
            try await database.client.execute("CREATE TABLE done (id int8)")
            let matrix = FaultMatrix("What an error says of the effect, and what the server has done")
            let faults = Faults()
            let trials = try await trials(database)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (index, trial) in trials.enumerated() {
                    if index >= 4 { try await group.next() }
                    group.addTask {
                        var (outcome, isDone) = try await run(trial, database)
                        // A busy machine can be slow once.
                        if outcome.isLate(CutSweep.limit) {
                            (outcome, isDone) = try await run(trial.again, database)
                        }
                        matrix.note(
                            trial.name, "\(outcome.text): \(isDone ? "done" : "not done")", outcome.time)
                        if let fault = Self.fault(outcome, isDone) { faults.add("\(trial): \(fault)") }
                    }
                }
                try await group.waitForAll()
            }
            try matrix.publish(as: "effects")
            #expect(faults.all == [])
            #expect(matrix.total == trials.count)
            #expect(matrix.count("connectionFailed, effect unknown: done") > 0)
            #expect(matrix.count("connectionFailed, effect unknown: not done") > 0)
        }
    }

    private static func fault(_ outcome: Outcome, _ isDone: Bool) -> String? {
        if outcome.isLate(CutSweep.limit) { return "took \(outcome.time)" }
        if outcome.answer != nil { return isDone ? nil : "success, but it was not done" }
        guard let error = outcome.error else { return outcome.text }
        return error.effect != .unknown && isDone ? "\(outcome.text), but it was done" : nil
    }

    @Test func `a COMMIT whose answer is lost has an unknown effect, and it has one`() async throws {
        try await TestServer.withDatabase { database in
            try await database.client.execute("CREATE TABLE done (id int8)")
            // BEGIN, INSERT, SELECT, COMMIT
            let cut = Fault.cut(.inside("CommandComplete", 4), .reset)
            let error = try await FaultProxy.between(database.url, [cut]) { proxy in
                let connection = try await PostgresConnection.connect(
                    try PostgresConfiguration(url: proxy.url))
                return await #expect(throws: PostgresError.self) {
                    try await Change.all[1].run(connection, 7)
                }
            }
            #expect(error?.code == .connectionFailed)
            #expect(error?.effect == .unknown)
            let count = try await database.client.one("SELECT count(*) FROM done", as: Int.self)
            #expect(count == 1)
        }
    }

    @Test(arguments: [
        ("BEGIN; INSERT INTO done VALUES (1); COMMIT; SELECT 1 / 0", PostgresError.Effect.unknown, 1),
        ("INSERT INTO done VALUES (1); SELECT 1 / 0", .rolledBack, 0),
    ])
    func `an error behind a COMMIT in one script does not say that all was rolled back`(
        sql: String, effect: PostgresError.Effect, count: Int
    ) async throws {
        try await TestServer.withDatabase { database in
            try await makeProcedures(database)
            let error = await #expect(throws: PostgresError.self) { try await database.client.script(sql) }
            #expect(error?.sqlState == "22012")
            #expect(error?.effect == effect)
            let done = try await database.client.one("SELECT count(*) FROM done", as: Int.self)
            #expect(done == count)
        }
    }

    @Test func `a procedure that fails after its own COMMIT has an unknown effect`() async throws {
        try await TestServer.withDatabase { database in
            try await makeProcedures(database)
            for sql in ["CALL broken()", "DO 'BEGIN CALL broken(); END'"] as [PostgresQuery] {
                let error = await #expect(throws: PostgresError.self) {
                    try await database.client.execute(sql)
                }
                #expect(error?.sqlState == "22012")
                #expect(error?.effect == .unknown)
            }
            let done = try await database.client.one("SELECT count(*) FROM done", as: Int.self)
            #expect(done == 2)
            // Within a transaction it cannot commit.
            let inside = await #expect(throws: PostgresError.self) {
                try await database.client.withTransaction { try await $0.execute("CALL failing()") }
            }
            #expect(inside?.effect == .rolledBack)
        }
    }

    private func makeProcedures(_ database: TestDatabase) async throws {
        _ = try await database.client.script(
            """
            CREATE TABLE done (id int8);
            CREATE PROCEDURE broken() LANGUAGE plpgsql AS
                'BEGIN INSERT INTO done VALUES (3); COMMIT; PERFORM 1 / 0; END';
            CREATE PROCEDURE failing() LANGUAGE plpgsql AS 'BEGIN PERFORM 1 / 0; END';
            """)
    }
}
