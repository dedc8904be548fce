import Locking

/// What others ask of a running runner: cancel, stop, abandon.
///
/// A request reaches a node that executes at once, through the hook that the execution registers.
final class RunControl: Sendable {
    /// A request, from the mildest to the strongest.
    enum Request: Int, Sendable, Comparable {
        /// Go on.
        case none
        /// Finish the present node, then stop.
        case shutdown
        /// End the run for good.
        case cancel
        /// Stop now and write nothing.
        case abandon

        static func < (left: Request, right: Request) -> Bool { left.rawValue < right.rawValue }
    }

    private struct State {
        var hasBegun = false
        var request = Request.none
        var hook: (@Sendable (Request) -> Void)?
        var orphans = 0
        var orphanWaiters: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Lock(State())
    private let parent: RunControl?

    /// Creates a control; orphans count at the parent.
    init(parent: RunControl? = nil) {
        self.parent = parent
    }

    /// The strongest request so far.
    var request: Request { state.withLock { $0.request } }

    /// How many executions go on that the runner no longer waits for.
    var orphanCount: Int { state.withLock { $0.orphans } }

    /// Marks the beginning; false if the runner has run before.
    func begin() -> Bool {
        state.withLock { state in
            defer { state.hasBegun = true }
            return !state.hasBegun
        }
    }

    /// Makes a request; a weaker one than before changes nothing.
    func send(_ request: Request) {
        let hook = state.withLock { state in
            guard request > state.request else { return nil as (@Sendable (Request) -> Void)? }
            state.request = request
            return state.hook
        }
        hook?(request)
    }

    /// Registers what a request calls; a request that was made before calls it at once.
    func setHook(_ hook: (@Sendable (Request) -> Void)?) {
        let request = state.withLock { state in
            state.hook = hook
            return state.request
        }
        if request > .none { hook?(request) }
    }

    func addOrphans(_ count: Int) {
        if let parent { return parent.addOrphans(count) }
        let waiters = state.withLock { state in
            state.orphans += count
            guard state.orphans <= 0 else { return [] as [CheckedContinuation<Void, Never>] }
            defer { state.orphanWaiters = [] }
            return state.orphanWaiters
        }
        for waiter in waiters { waiter.resume() }
    }

    /// Returns when no execution goes on that the runner no longer waits for.
    func waitForOrphans() async {
        await withCheckedContinuation { continuation in
            let isDone = state.withLock { state in
                if state.orphans > 0 { state.orphanWaiters.append(continuation) }
                return state.orphans <= 0
            }
            if isDone { continuation.resume() }
        }
    }
}
