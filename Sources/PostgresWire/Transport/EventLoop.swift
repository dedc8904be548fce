internal import CReadiness
internal import Locking
internal import Synchronization

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// One thread that waits for sockets and runs the tasks that prefer it.
///
/// A task that prefers the loop of its connection sends a query, parks and goes on without a change of thread. Long
/// computations in such a task hold up every connection of the loop.
public final class EventLoop: TaskExecutor, Sendable {
    /// The loops of this process: at most one, or two where there are two cores.
    ///
    /// They start when a connection needs them and never end.
    private static let shared = Lock(LoopTable<EventLoop>(limit: min(2, activeCores)))

    /// The caller's loop, or the loops in turn.
    static func any() throws(PostgresError) -> EventLoop {
        try shared.withLock { (table) throws(PostgresError) in
            if let current = table.loops.first(where: { $0.isCurrent }) { return current }
            return try table.next { () throws(PostgresError) in try EventLoop() }
        }
    }

    private struct Slot {
        var generation: UInt32 = 0
        var handler: (any ReadinessHandler)?
    }

    private struct Registry {
        var slots: [Slot] = []
        var free: [Int] = []
    }

    private let poller: Poller
    private let jobs = Lock<[UnownedJob]>([])
    private let registry = Lock(Registry())
    private let flushes = Lock<[any ReadinessHandler]>([])
    private let thread = Atomic<UInt>(0)
    private let isWaiting = Atomic<Bool>(false)

    private init() throws(PostgresError) {
        poller = try Poller()
        let this = Unmanaged.passRetained(self).toOpaque()
        #if canImport(Darwin)
        var handle: pthread_t?
        #else
        var handle = pthread_t()
        #endif
        let result = pthread_create(&handle, nil, loopMain, this)
        guard result == 0 else {
            Unmanaged<EventLoop>.fromOpaque(this).release()
            poller.close()
            throw .noLoop(result)
        }
    }

    /// Whether the caller runs on the thread of this loop.
    var isCurrent: Bool { thread.load(ordering: .relaxed) == currentThread() }

    /// Runs a task's next piece on this loop.
    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        jobs.withLock { $0.append(job) }
        wakeIfWaiting()
    }

    private func wakeIfWaiting() {
        if !isCurrent, isWaiting.exchange(false, ordering: .acquiringAndReleasing) { poller.wake() }
    }

    /// Makes room for a descriptor; the handler is kept until `unregister`.
    func register(_ handler: any ReadinessHandler) -> UInt64 {
        registry.withLock { registry in
            let index = registry.free.popLast() ?? registry.slots.count
            if index == registry.slots.count { registry.slots.append(Slot()) }
            registry.slots[index].handler = handler
            return UInt64(registry.slots[index].generation) << 32 | UInt64(index)
        }
    }

    /// Forgets a handler; events that are on their way to it are dropped.
    func unregister(_ token: UInt64) {
        registry.withLock { registry in
            let index = Int(token & 0xffff_ffff)
            registry.slots[index].handler = nil
            registry.slots[index].generation &+= 1
            registry.free.append(index)
        }
    }

    /// Changes what a descriptor waits for.
    func set(_ descriptor: Int32, from before: Interest, to after: Interest, token: UInt64) -> Bool {
        poller.set(descriptor, from: before, to: after, token: token)
    }

    /// Calls the handler's `turnEnded` once the tasks that are ready now have run; only on the loop's thread.
    func flushAfterTurn(_ handler: any ReadinessHandler) { flushes.withLock { $0.append(handler) } }

    private func handler(_ token: UInt64) -> (any ReadinessHandler)? {
        registry.withLock { registry in
            let slot = registry.slots[Int(token & 0xffff_ffff)]
            return slot.generation == UInt32(token >> 32) ? slot.handler : nil
        }
    }

    fileprivate func run() {
        thread.store(currentThread(), ordering: .relaxed)
        let events = UnsafeMutablePointer<creadiness_event>.allocate(capacity: Poller.batch)
        let executor = asUnownedTaskExecutor()
        var batch: [UnownedJob] = []
        var flushing: [any ReadinessHandler] = []
        while true {
            jobs.withLock { swap(&$0, &batch) }
            for job in batch { job.runSynchronously(on: executor) }
            batch.removeAll(keepingCapacity: true)
            flushes.withLock { swap(&$0, &flushing) }
            for handler in flushing { handler.turnEnded() }
            flushing.removeAll(keepingCapacity: true)
            isWaiting.store(true, ordering: .sequentiallyConsistent)
            let isIdle = jobs.withLock { $0.isEmpty }
            if !isIdle { isWaiting.store(false, ordering: .relaxed) }
            poller.wait(forever: isIdle, into: events) { token, interest in
                isWaiting.store(false, ordering: .relaxed)
                handler(token)?.descriptorReady(
                    canRead: interest.contains(.read), canWrite: interest.contains(.write))
            }
            isWaiting.store(false, ordering: .relaxed)
        }
    }
}

private var activeCores: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

#if canImport(Darwin)
private func currentThread() -> UInt { UInt(bitPattern: pthread_self()) }

private func loopMain(_ loop: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
    Unmanaged<EventLoop>.fromOpaque(loop).takeRetainedValue().run()
    return nil
}
#else
private func currentThread() -> UInt { UInt(pthread_self()) }

private func loopMain(_ loop: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    if let loop { Unmanaged<EventLoop>.fromOpaque(loop).takeRetainedValue().run() }
    return nil
}
#endif
