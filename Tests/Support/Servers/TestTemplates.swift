import PostgresWire

/// The databases that others are copied from: each is made once in a process.
actor TestTemplates {
    static let shared = TestTemplates()

    private var tasks: [TestTemplate: Task<String, any Error>] = [:]

    /// The name of the database to copy.
    func name(_ template: TestTemplate, on server: PostgresConfiguration) async throws -> String {
        if template == .empty { return "template1" }
        if let task = tasks[template] { return try await task.value }
        let task = Task { try await Self.make(template, on: server) }
        tasks[template] = task
        return try await task.value
    }

    private static func make(
        _ template: TestTemplate, on server: PostgresConfiguration
    ) async throws -> String {
        let name = TestServer.newName()
        let root = try await PostgresConnection.connect(server)
        try await root.execute("CREATE DATABASE \(identifier: name)")
        var configuration = server
        configuration.database = name
        try await template.fill(configuration)
        // Sessions end a moment after their client has gone, and a database with sessions cannot be copied.
        try await root.execute("ALTER DATABASE \(identifier: name) WITH ALLOW_CONNECTIONS false")
        try await root.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = \(name)")
        root.close()
        return name
    }
}
