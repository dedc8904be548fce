internal import Locking
internal import PostgresProtocol

/// Shows one connection's messages to a trace.
final class WireRecorder: Sendable {
    private let trace: WireTrace
    private let connection: Int
    private let start = ContinuousClock.now
    private let tracer: Lock<WireTracer>

    init(_ trace: WireTrace) {
        self.trace = trace
        connection = trace.connections.next()
        tracer = Lock(WireTracer(showsValues: trace.showsValues))
    }

    /// The session's lock, or the one thread of its start, keeps what is sent and received in order.
    func sent(_ bytes: UnsafeRawBufferPointer) {
        show(tracer.withLock { $0.sent(bytes.bytes) })
    }

    func received(_ bytes: UnsafeRawBufferPointer) {
        show(tracer.withLock { $0.received(bytes.bytes) })
    }

    private func show(_ messages: [TracedMessage]) {
        let time = ContinuousClock.now - start
        for message in messages {
            trace.receive(WireTrace.Event(connection: connection, time: time, message: message))
        }
    }
}
