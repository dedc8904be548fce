internal import Locking
internal import PostgresProtocol

/// The consumers of one client and the connection that listens for them all.
///
/// Locks: the session's lock is taken before the hub's, never after it: what closes or drops a connection does so
/// with the hub's lock released.
final class NotificationHub: Sendable {
    struct State {
        var machine: ListenerMachine
        var queues: [Int: NotificationQueue] = [:]
        var lastNumber = 0
        var connection: PostgresConnection?
        /// Tells the events of one connection from those of the next.
        var epoch = 0
        var isRunning = false
        /// Whether something has happened since the driver looked last.
        var isSignalled = false
        var driver: UnsafeContinuation<Void, Never>?
        /// Tells the timer of one wait from those of waits that are over.
        var turn = 0
        var counters = PostgresListenerStatistics()
    }

    let configuration: PostgresConfiguration
    let state: Lock<State>
    /// How long the server may take to answer before the connection is given up.
    let patience: Duration
    private let start = ContinuousClock.Instant.now

    init(_ configuration: PostgresConfiguration, probeInterval: Duration) {
        var configuration = configuration
        // Soon after the network is back an attempt that began before must not be waited for.
        configuration.connectTimeout = min(configuration.connectTimeout, .seconds(3))
        self.configuration = configuration
        patience = min(max(probeInterval, .milliseconds(250)), .seconds(2))
        state = Lock(State(machine: ListenerMachine(probeInterval: probeInterval)))
    }

    var now: Duration { start.duration(to: .now) }

    var statistics: PostgresListenerStatistics {
        state.withLock { state in
            var statistics = state.counters
            statistics.isConnected = state.machine.isConnected
            statistics.channels = state.machine.channelCount
            statistics.consumers = state.machine.consumerCount
            return statistics
        }
    }

    /// Adds a consumer.
    func subscribe(to channel: String, capacity: Int) -> (number: Int, queue: NotificationQueue) {
        let queue = NotificationQueue(capacity: capacity)
        guard NotificationLimits.takes(channel: channel) else {
            var wakeups = Wakeups()
            queue.push(.gap(.invalidChannel), &wakeups)
            queue.end()
            return (0, queue)
        }
        let (number, gap, mustStart, isClosed) = state.withLock { state in
            state.lastNumber += 1
            if state.machine.hasClosed { return (0, nil as ListenerMachine.Gap?, false, true) }
            state.queues[state.lastNumber] = queue
            let gap = state.machine.subscribed(state.lastNumber, to: channel)
            defer { state.isRunning = true }
            return (state.lastNumber, gap, !state.isRunning, false)
        }
        if isClosed { queue.end() }
        if let gap {
            var wakeups = Wakeups()
            queue.push(.gap(gap), &wakeups)
            wakeups.resume()
        }
        if mustStart { Task.detached { await self.run() } } else { signal() }
        return (number, queue)
    }

    /// Removes a consumer.
    func unsubscribe(_ number: Int) {
        let now = now
        state.withLock { state in
            state.queues[number] = nil
            state.machine.ended(number, now: now)
        }
        signal()
    }

    /// Ends every sequence and the connection.
    func close() {
        let (connection, queues) = state.withLock { state in
            let queues = state.machine.closed().compactMap { state.queues[$0] }
            state.queues = [:]
            let connection = state.connection
            state.connection = nil
            return (connection, queues)
        }
        for queue in queues { queue.end() }
        connection?.close()
        signal()
    }

    /// Passes a message on; called with the lock of the session that has read it.
    func received(_ message: NotificationResponse, _ wakeups: inout Wakeups) {
        let event = PostgresNotificationEvent.notification(
            PostgresNotification(
                channel: message.channel, payload: message.payload, processID: message.processID))
        state.withLock { state in
            let (consumers, notices) = state.machine.received(on: message.channel)
            state.deliver(notices, &wakeups)
            for consumer in consumers where state.queues[consumer]?.push(event, &wakeups) == true {
                state.counters.dropped += 1
            }
        }
    }

    /// The connection has ended; called with its session's lock.
    func connectionEnded(_ epoch: Int, _ error: PostgresError, _ wakeups: inout Wakeups) {
        let now = now
        let driver = state.withLock { state -> UnsafeContinuation<Void, Never>? in
            guard state.epoch == epoch else { return nil }
            state.noteLoss(error, now: now)
            return state.takeDriver()
        }
        wakeups.add(driver)
    }

    /// Makes the driver look again.
    func signal() { state.withLock { $0.takeDriver() }?.resume() }
}

extension NotificationHub.State {
    /// Tells consumers what they have missed.
    mutating func deliver(_ notices: [ListenerMachine.Notice], _ wakeups: inout Wakeups) {
        for notice in notices { queues[notice.consumer]?.push(.gap(notice.gap), &wakeups) }
    }

    mutating func noteLoss(_ error: PostgresError, now: Duration) {
        guard machine.isConnected else { return }
        machine.lost(now: now, jitter: Double.random(in: 0...1))
        counters.losses += 1
        counters.lastError = error
    }

    /// The driver, to be woken, if it waits.
    mutating func takeDriver() -> UnsafeContinuation<Void, Never>? {
        isSignalled = driver == nil
        turn += 1
        defer { driver = nil }
        return driver
    }
}
