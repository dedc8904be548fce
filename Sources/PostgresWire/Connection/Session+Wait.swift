internal import Locking
internal import Synchronization

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Waiting, in this order: on the session's own loop without a change of thread; on the caller's thread for a moment,
/// if nobody else waits in the process; else parked, until the loop has read the reply.
extension Session {
    /// How long a caller outside of the loop may wait on its own thread, in microseconds.
    private static let patience: Int64 = 200

    /// Returns once `operation` has reached `milestone`.
    ///
    /// A cancelled task sends a cancel request and goes on waiting for the server's answer.
    func wait(for operation: Operation, until milestone: Operation.Milestone = .done) async {
        if !loop.isCurrent {
            if waitHere(for: operation, until: milestone) { return }
            watch()
        }
        await withTaskCancellationHandler {
            await park(operation, until: milestone)
        } onCancel: {
            cancel(operation)
        }
    }

    private func park(_ operation: Operation, until milestone: Operation.Milestone) async {
        await withUnsafeContinuation { continuation in
            let isReached = state.withLock { state in
                if operation.hasReached(milestone) {
                    // Observers are told before the caller goes on.
                    guard state.tellers > 0 else { return true }
                    state.heldBack.append(continuation)
                    return false
                }
                operation.park(continuation, until: milestone)
                return false
            }
            if isReached { continuation.resume() }
        }
    }

    /// Lets the loop watch for replies.
    private func watch() {
        locked { state, wakeups in
            state.watchesReads = true
            updateInterest(&state, &wakeups)
        }
    }

    /// Waits on the caller's thread; false if the caller has to park.
    private func waitHere(for operation: Operation, until milestone: Operation.Milestone) -> Bool {
        guard Session.waiting.load(ordering: .relaxed) == 1, !Task.isCancelled else { return false }
        let mayWait = locked { state, wakeups in
            if operation.hasReached(milestone) { return state.tellers > 0 ? false : nil as Bool? }
            guard state.failure == nil, state.averageReply < Session.patience, !state.isPaused,
                state.sent == state.output.count, state.notificationSink == nil
            else { return state.failure != nil && state.tellers == 0 ? nil : false as Bool? }
            state.watchesReads = false
            updateInterest(&state, &wakeups)
            return true
        }
        guard let mayWait else { return true }
        guard mayWait else {
            decayAverage()
            return false
        }
        let start = monotonicMicroseconds()
        while true {
            let left = Session.patience - (monotonicMicroseconds() - start)
            let isReady = left > 0 && socket.waitUntilReady(.read, microseconds: left)
            var isTold = true
            let (isReached, wakeups) = state.withLock { state in
                var wakeups = Wakeups()
                if isReady { pump(&state, &wakeups) }
                let isReached = operation.hasReached(milestone)
                // Somebody else may be telling observers of it; then the caller parks until that is done.
                isTold = state.tellers == 0
                if wakeups.hasEvents { state.tellers += 1 }
                let time = isReached ? monotonicMicroseconds() - start : Session.patience * 2
                if isReached || !isReady { state.averageReply = (state.averageReply * 7 + time) / 8 }
                return (isReached, wakeups)
            }
            carryOut(wakeups)
            if isReached { return isTold }
            if !isReady { return false }
        }
    }

    /// Slowly forgets that replies took long, so that waiting here is tried again now and then.
    private func decayAverage() {
        state.withLock { $0.averageReply = $0.averageReply * 63 / 64 }
    }

    /// Waits until the gate opens: a COPY or a cancel request on this session has ended.
    func waitAtGate() async {
        // What waits in the output may be what makes room.
        locked { state, wakeups in flush(&state, &wakeups) }
        watch()
        await withUnsafeContinuation { continuation in
            let isOpen = state.withLock { state in
                let hasRoom = state.pending.count < configuration.maximumPipelineDepth
                if state.gates == 0 && hasRoom || state.failure != nil { return true }
                state.gated.append(continuation)
                return false
            }
            if isOpen { continuation.resume() }
        }
    }

    /// Opens one gate.
    func openGate(_ state: inout SessionState, _ wakeups: inout Wakeups) {
        state.gates -= 1
        guard state.gates == 0 else { return }
        for continuation in state.gated { wakeups.add(continuation) }
        state.gated = []
    }
}

func monotonicMicroseconds() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000
}
