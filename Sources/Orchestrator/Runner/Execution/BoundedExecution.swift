import Locking
import StoreContracts

/// Runs a body with a limit of time, and can leave it behind.
///
/// A body that ignores cancellation cannot be stopped. After the limit, or when the runner is abandoned, the caller
/// goes on without it and its result is dropped.
final class BoundedExecution<Value: Sendable>: Sendable {
    /// How the execution ended for the caller.
    enum Ending: Sendable {
        /// The body returned or threw.
        case finished(Result<Value, any Error>)
        /// The limit passed first.
        case timedOut
        /// The runner was abandoned first.
        case abandoned
    }

    private struct State {
        var ending: Ending?
        var waiter: CheckedContinuation<Ending, Never>?
        var isBodyDone = false
        /// Whether the caller went on without the body.
        var isOrphan = false
    }

    private let state = Lock(State())
    private let control: RunControl

    private init(control: RunControl) {
        self.control = control
    }

    /// Runs `body` for at most `limit`.
    ///
    /// A request to cancel cancels the body's task and waits for it; one to abandon does not wait.
    static func run(
        limit: Duration?, clock: any StoreClock, control: RunControl,
        _ body: @escaping @Sendable () async throws -> Value
    ) async -> Ending {
        let execution = BoundedExecution(control: control)
        let task = Task { execution.bodyDone(await Self.result(of: body)) }
        let timer = limit.map { limit in
            Task {
                guard (try? await clock.sleep(for: limit)) != nil else { return }
                execution.settle(.timedOut)
            }
        }
        control.setHook { request in
            if request >= .cancel { task.cancel() }
            if request == .abandon { execution.settle(.abandoned) }
        }
        let ending = await execution.ending()
        control.setHook(nil)
        timer?.cancel()
        task.cancel()
        return ending
    }

    private static func result(
        of body: @Sendable () async throws -> Value
    ) async -> Result<Value, any Error> {
        do {
            return .success(try await body())
        } catch {
            return .failure(error)
        }
    }

    private func bodyDone(_ result: Result<Value, any Error>) {
        let wasOrphan = state.withLock { state in
            state.isBodyDone = true
            return state.isOrphan
        }
        if wasOrphan { control.addOrphans(-1) }
        settle(.finished(result))
    }

    private func settle(_ ending: Ending) {
        let (waiter, isOrphan) = state.withLock { state in
            guard state.ending == nil else { return (nil as CheckedContinuation<Ending, Never>?, false) }
            state.ending = ending
            state.isOrphan = !state.isBodyDone
            defer { state.waiter = nil }
            return (state.waiter, state.isOrphan)
        }
        // Counted before the caller goes on, so that it sees the number.
        if isOrphan { control.addOrphans(1) }
        waiter?.resume(returning: ending)
    }

    private func ending() async -> Ending {
        await withCheckedContinuation { continuation in
            let ending = state.withLock { state in
                if state.ending == nil { state.waiter = continuation }
                return state.ending
            }
            if let ending { continuation.resume(returning: ending) }
        }
    }
}
