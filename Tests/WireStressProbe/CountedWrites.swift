import PostgresWire

/// Makes calls whose writes are counted from outside; each step is named before it.
struct CountedWrites {
    let url: String

    func run() async throws {
        let connection = try await PostgresConnection.connect(try PostgresConfiguration(url: url))
        try await connection.execute("CREATE TEMP TABLE counted (a int4)")
        try await steps(on: connection, suffix: "", prefix: "a")
        try await withTaskExecutorPreference(connection.loop) {
            try await steps(on: connection, suffix: "-on-loop", prefix: "b")
            try await concurrent(on: connection)
        }
        connection.close()
        try await afterReset()
    }

    private func steps(on connection: PostgresConnection, suffix: String, prefix: String) async throws {
        let batch = (0..<100).map { "SELECT \($0) AS \(raw: prefix)\(raw: "\($0)")" as PostgresQuery }
        if suffix.isEmpty { try await step("batch-new") { _ = try await connection.batch(batch) } }
        let again = suffix.isEmpty ? "batch-again" : "batch\(suffix)"
        try await step(again) { _ = try await connection.batch(batch) }
        try await step("pipeline\(suffix)") { _ = try await connection.pipeline(batch) }
        let inserts = (0..<98).map { "INSERT INTO counted VALUES (\(Int32($0)))" as PostgresQuery }
        try await step("transaction\(suffix)") {
            _ = try await connection.pipeline(["BEGIN"] + inserts + ["COMMIT"])
        }
    }

    private func concurrent(on connection: PostgresConnection) async throws {
        try await step("concurrent-on-loop") {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<100 { group.addTask { try await connection.execute("SELECT \(number)") } }
                try await group.waitForAll()
            }
        }
    }

    /// A reset leaves together with the statement that follows it.
    private func afterReset() async throws {
        var configuration = try PostgresClientConfiguration(url: url)
        configuration.maximumConnections = 1
        configuration.reset = .always
        let client = PostgresClient(configuration)
        try await client.execute("SELECT 1")
        try await step("after-reset") { try await client.execute("SELECT 1") }
        await client.shutdown()
    }

    private func step(_ name: String, _ body: () async throws -> Void) async throws {
        WireStressProbe.say("step \(name)")
        try await body()
        WireStressProbe.say("step none")
    }
}
