#if Lifecycle
public import ServiceLifecycle

/// A client is a service of swift-service-lifecycle. Needs the package trait `Lifecycle`.
///
///     let client = try PostgresClient(url: url)
///     let group = ServiceGroup(
///         services: [client, server], gracefulShutdownSignals: [.sigterm], logger: logger)
///     try await group.run()
///
/// List the client before the services that use it: a group shuts down in the reverse order, so that their last
/// statements still find it. It can be used before `run()` too, which opens nothing.
extension PostgresClient: Service {
    /// Waits for the graceful shutdown, then shuts the pool down and waits until all loans have come back, at most
    /// `PostgresClientConfiguration.shutdownGrace`.
    ///
    /// If the task is cancelled, what is lent is closed under its borrowers at once.
    public func run() async throws {
        do {
            try await gracefulShutdown()
        } catch {
            await shutdown(grace: .zero)
            throw error
        }
        await shutdown(grace: configuration.shutdownGrace)
    }
}
#endif
