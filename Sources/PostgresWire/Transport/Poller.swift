internal import CReadiness

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Waits for many descriptors at once: epoll on Linux, kqueue on macOS.
///
/// `set` and `wake` may be called from any thread, `wait` from one only.
struct Poller: Sendable {
    private let descriptor: Int32
    private let wakeDescriptor: Int32

    /// Throws `connectionFailed` if the system has no descriptor or no memory left for one.
    init() throws(PostgresError) {
        descriptor = creadiness_create()
        guard descriptor >= 0 else { throw .noLoop(errno) }
        wakeDescriptor = creadiness_wake_create(descriptor)
        guard wakeDescriptor >= 0 else {
            let code = errno
            creadiness_close(descriptor, -1)
            throw .noLoop(code)
        }
    }

    /// Gives the descriptors back.
    func close() { creadiness_close(descriptor, wakeDescriptor) }

    /// Changes what is waited for; returns false if the system refuses.
    func set(_ target: Int32, from before: Interest, to after: Interest, token: UInt64) -> Bool {
        creadiness_set(descriptor, target, before.rawValue, after.rawValue, token) == 0
    }

    /// Ends the current or the next wait.
    func wake() { creadiness_wake(descriptor, wakeDescriptor) }

    /// Waits for events, at most 64, and hands each to `body`; a wake-up is not handed on.
    func wait(
        forever: Bool, into events: UnsafeMutablePointer<creadiness_event>, _ body: (UInt64, Interest) -> Void
    ) {
        let count = creadiness_wait(descriptor, events, forever ? -1 : 0)
        guard count > 0 else { return }
        for index in 0..<Int(count) {
            let event = events[index]
            if event.token == creadiness_wake_token {
                creadiness_drain(wakeDescriptor)
            } else {
                body(event.token, Interest(rawValue: event.flags))
            }
        }
    }

    /// How many events one wait can bring.
    static let batch = Int(CREADINESS_BATCH)
}
