/// Ends an ephemeral server once, however often it is asked to.
actor EphemeralEnd {
    private var watchdog: Watchdog?
    private var finishing: Task<Void, Never>?

    init(_ watchdog: Watchdog) { self.watchdog = watchdog }

    /// Stops the server and removes its files; a second call waits for the first.
    func finish() async {
        if let watchdog {
            self.watchdog = nil
            finishing = Task {
                try? await BlockingWork.run(within: .seconds(60)) { watchdog.finish(deadline: $0) }
            }
        }
        await finishing?.value
    }
}
