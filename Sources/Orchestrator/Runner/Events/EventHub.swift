import FoundationEssentials
import Locking

/// Hands events to any number of readers; a slow one loses the oldest.
final class EventHub<Element: Sendable>: Sendable {
    private struct State {
        var continuations: [UUID: AsyncStream<Element>.Continuation] = [:]
        var isFinished = false
    }

    /// How many events a reader may lag behind.
    static var capacity: Int { 4096 }

    private let state = Lock(State())
    private let observer: (@Sendable (Element) -> Void)?

    init(observer: (@Sendable (Element) -> Void)? = nil) {
        self.observer = observer
    }

    /// The events from now on; ends when the source ends.
    func stream() -> AsyncStream<Element> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: Element.self, bufferingPolicy: .bufferingNewest(Self.capacity))
        let id = UUID()
        let isFinished = state.withLock { state in
            if !state.isFinished { state.continuations[id] = continuation }
            return state.isFinished
        }
        if isFinished { continuation.finish() }
        continuation.onTermination = { [weak self] _ in
            self?.state.withLock { $0.continuations[id] = nil }
        }
        return stream
    }

    func send(_ element: Element) {
        observer?(element)
        for continuation in state.withLock({ Array($0.continuations.values) }) { continuation.yield(element) }
    }

    func finish() {
        let all = state.withLock { state in
            state.isFinished = true
            defer { state.continuations = [:] }
            return Array(state.continuations.values)
        }
        for continuation in all { continuation.finish() }
    }
}
