#if CLI
import Dispatch
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif
import Locking

/// SIGINT and SIGTERM: the first asks for an orderly end, the second one ends at once.
enum Signals {
    private struct State {
        var sources: [any DispatchSourceSignal] = []
        var handler: (@Sendable () -> Void)?
        var count = 0
        var isOrderly = false
    }

    private static let state = Lock(State())

    /// Whether a signal cut the command short.
    static var wasInterrupted: Bool { state.withLock { $0.count > 0 && !$0.isOrderly } }

    /// Makes writing into a closed pipe an error of the write instead of the end of the process.
    static func ignoreBrokenPipes() { signal(SIGPIPE, SIG_IGN) }

    /// Sets what the first signal does; it replaces what was set before.
    static func onInterrupt(_ handler: @escaping @Sendable () -> Void) {
        state.withLock { state in
            state.handler = handler
            guard state.sources.isEmpty else { return }
            for number in [SIGINT, SIGTERM] {
                signal(number, SIG_IGN)
                let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
                source.setEventHandler { arrived() }
                source.resume()
                state.sources.append(source)
            }
        }
    }

    /// Sets what the first signal does in a command that ends by a signal when all is well.
    static func onOrderlyEnd(_ handler: @escaping @Sendable () -> Void) {
        let isLate = state.withLock { state in
            state.isOrderly = true
            return state.count > 0
        }
        onInterrupt(handler)
        if isLate { handler() }
    }

    private static func arrived() {
        let (handler, count) = state.withLock { state in
            state.count += 1
            return (state.handler, state.count)
        }
        if count > 1 { exit(.interrupted) }
        handler?()
    }

    /// Ends the process at once.
    static func exit(_ code: CommandExit) -> Never {
        fflush(nil)
        _exit(code.rawValue)
    }
}
#endif
