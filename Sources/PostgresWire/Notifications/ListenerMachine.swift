/// Decides what the connection that listens has to do: which channels to LISTEN on, when to try again, when to look
/// whether the server still answers, and which consumers have missed something.
///
/// Its driver tells it what has happened and asks for one step after the other. Times count from any fixed moment.
struct ListenerMachine {
    typealias Gap = PostgresNotificationEvent.Gap

    /// What the driver does next.
    enum Step: Equatable {
        case connect
        /// Change what the server listens for.
        case run(listen: [String], unlisten: [String])
        /// Make sure that the server answers.
        case probe
        /// Close the connection, which nobody needs.
        case disconnect
        /// Wait for something to happen, or for a moment.
        case wait(until: Duration?)
        case finish
    }

    /// A gap that a consumer is to be told of.
    struct Notice: Equatable {
        let consumer: Int
        let gap: Gap
    }

    private struct Consumer {
        let channel: String
        /// What it has to be told once the server listens (again).
        var owed: Gap?
    }

    private enum Phase: Equatable {
        case disconnected(until: Duration)
        case connecting
        case ready
        case busy
        case closed
    }

    /// How long a silent connection is trusted.
    let probeInterval: Duration
    /// How long a connection without consumers is kept.
    let linger: Duration

    private var phase = Phase.disconnected(until: .zero)
    private var consumers: [Int: Consumer] = [:]
    private var consumersByChannel: [String: [Int]] = [:]
    /// What the server has confirmed to listen for.
    private var active: Set<String> = []
    private var listening: Set<String> = []
    private var unlistening: Set<String> = []
    private var failures = 0
    private var lastReply = Duration.zero
    private var emptySince = Duration.zero

    init(probeInterval: Duration = .seconds(2), linger: Duration = .seconds(10)) {
        self.probeInterval = probeInterval
        self.linger = linger
    }

    var channelCount: Int { consumersByChannel.count }
    var consumerCount: Int { consumers.count }
    var hasClosed: Bool { phase == .closed }
    var isConnected: Bool { phase == .ready || phase == .busy }

    /// A consumer has come; returns what it is to be told at once.
    mutating func subscribed(_ consumer: Int, to channel: String) -> Gap? {
        let isActive = active.contains(channel) && !unlistening.contains(channel)
        consumers[consumer] = Consumer(channel: channel, owed: isActive ? nil : .started)
        consumersByChannel[channel, default: []].append(consumer)
        return isActive ? .started : nil
    }

    /// A consumer has gone.
    mutating func ended(_ consumer: Int, now: Duration) {
        guard let channel = consumers.removeValue(forKey: consumer)?.channel else { return }
        consumersByChannel[channel]?.removeAll { $0 == consumer }
        if consumersByChannel[channel]?.isEmpty == true { consumersByChannel[channel] = nil }
        if consumers.isEmpty { emptySince = now }
    }

    /// The connection stands.
    mutating func connected(now: Duration) {
        guard phase == .connecting else { return }
        phase = .ready
        lastReply = now
    }

    /// There is no connection to be had; `jitter` is 0 to 1, at random.
    mutating func connectingFailed(now: Duration, jitter: Double) {
        guard phase == .connecting else { return }
        phase = .disconnected(until: now + pause(jitter))
        failures += 1
    }

    /// The server has changed what it listens for; returns who is to be told what.
    mutating func ran(now: Duration) -> [Notice] {
        guard phase == .busy else { return [] }
        phase = .ready
        lastReply = now
        failures = 0
        active.subtract(unlistening)
        active.formUnion(listening)
        let confirmed = listening.sorted()
        listening = []
        unlistening = []
        return confirmed.flatMap { notices(on: $0) }
    }

    /// The server has answered.
    mutating func probed(now: Duration) {
        guard phase == .busy else { return }
        phase = .ready
        lastReply = now
    }

    /// The connection is no more; `jitter` is 0 to 1, at random.
    mutating func lost(now: Duration, jitter: Double) {
        guard isConnected else { return }
        phase = .disconnected(until: now + pause(jitter))
        failures += 1
        active = []
        listening = []
        unlistening = []
        for number in consumers.keys where consumers[number]?.owed == nil {
            consumers[number]?.owed = .connectionLost
        }
    }

    /// Nobody will listen any more; returns the consumers there were.
    mutating func closed() -> [Int] {
        let numbers = consumers.keys.sorted()
        phase = .closed
        consumers = [:]
        consumersByChannel = [:]
        active = []
        return numbers
    }

    /// A message has come; returns the consumers that get it, and before it what they are to be told.
    ///
    /// A message proves that a LISTEN under way has taken effect.
    mutating func received(on channel: String) -> (consumers: [Int], notices: [Notice]) {
        let told = listening.contains(channel) ? notices(on: channel) : []
        return (consumersByChannel[channel] ?? [], told)
    }

    private mutating func notices(on channel: String) -> [Notice] {
        var notices: [Notice] = []
        for number in consumersByChannel[channel] ?? [] {
            guard let gap = consumers[number]?.owed else { continue }
            consumers[number]?.owed = nil
            notices.append(Notice(consumer: number, gap: gap))
        }
        return notices
    }

    /// What is to be done now.
    mutating func step(now: Duration) -> Step {
        switch phase {
        case .closed: return .finish
        case .connecting, .busy: return .wait(until: nil)
        case .disconnected(let moment):
            if consumers.isEmpty { return .wait(until: nil) }
            if now < moment { return .wait(until: moment) }
            phase = .connecting
            return .connect
        case .ready: return stepWhenReady(now)
        }
    }

    private mutating func stepWhenReady(_ now: Duration) -> Step {
        let wanted = Set(consumersByChannel.keys)
        listening = wanted.subtracting(active)
        unlistening = active.subtracting(wanted)
        if !listening.isEmpty || !unlistening.isEmpty {
            phase = .busy
            return .run(listen: listening.sorted(), unlisten: unlistening.sorted())
        }
        if consumers.isEmpty {
            guard now >= emptySince + linger else { return .wait(until: emptySince + linger) }
            phase = .disconnected(until: now)
            return .disconnect
        }
        guard now >= lastReply + probeInterval else { return .wait(until: lastReply + probeInterval) }
        phase = .busy
        return .probe
    }

    /// The pause before the next attempt: 50 ms, doubled by each failure up to one second, less up to a half.
    private func pause(_ jitter: Double) -> Duration {
        .milliseconds(min(50 << min(failures, 5), 1_000)) * (0.5 + min(max(jitter, 0), 1) / 2)
    }
}
