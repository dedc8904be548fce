import Locking
import PostgresWire
import TestSupport

/// Has conversations that are disturbed, each at many places, and finds what must not be.
final class CutSweep: Sendable {
    /// One disturbance of one conversation.
    struct Task: Sendable {
        let conversation: Conversation
        let play: Play
        let cut: Cut
    }

    /// How long an error may take.
    static let limit = Duration.seconds(1)

    let matrix: FaultMatrix
    private let faults = Lock<[String]>([])

    init(_ matrix: FaultMatrix) { self.matrix = matrix }

    /// Does all of `tasks`, several at once, and returns what was wrong.
    func run(_ tasks: [Task]) async throws -> [String] {
        let queue = TaskQueue(tasks)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    let server = try CutServer()
                    defer { server.stop() }
                    while let task = queue.next() { await self.run(task, on: server) }
                }
            }
            try await group.waitForAll()
        }
        return faults.withLock { $0 }
    }

    private func run(_ task: Task, on server: CutServer) async {
        var outcome = await attempt(task, on: server)
        // A busy machine can be slow once; a client that waits for something is slow each time.
        if outcome.isLate(Self.limit) { outcome = await attempt(task, on: server) }
        matrix.note("\(task.conversation.name), \(task.cut.kind.rawValue)", Self.kind(outcome), outcome.time)
        guard let fault = Self.fault(outcome, task) else { return }
        faults.withLock { $0.append("\(task.conversation.name), \(task.cut): \(fault)") }
    }

    private func attempt(_ task: Task, on server: CutServer) async -> Outcome {
        server.prepare(task.play, task.cut)
        var configuration = PostgresConfiguration(
            host: "127.0.0.1", port: server.port, user: "app", password: "pencil", database: "shop")
        // Where nothing ends, a length that was flipped is waited for.
        let timeout = task.cut.kind == .flip ? Duration.milliseconds(150) : .seconds(3)
        configuration.connectTimeout = timeout
        configuration.queryTimeout = timeout
        configuration.cancelGrace = min(timeout, .seconds(1))
        return await Outcome.of { try await task.conversation.converse(configuration) }
    }

    /// A flipped bit is refused, makes no difference, or is in a value, where nobody can see it.
    private static func flipFault(_ outcome: Outcome, _ task: Task) -> String? {
        if outcome.isLate(limit) { return "took \(outcome.time)" }
        if let other = outcome.other { return other }
        guard let answer = outcome.answer, answer != task.conversation.answer else { return nil }
        return task.play.values.contains(task.cut.offset) ? nil : "the wrong answer \(answer)"
    }

    private static func kind(_ outcome: Outcome) -> String {
        if outcome.answer != nil { return "answer" }
        return outcome.error.map { "error, effect \($0.effect.rawValue)" } ?? "another error"
    }

    /// What is wrong with an outcome; nil if nothing is.
    private static func fault(_ outcome: Outcome, _ task: Task) -> String? {
        if task.cut.kind == .flip { return flipFault(outcome, task) }
        let isWhole = task.cut.kind == .split || task.cut.offset >= task.play.byteCount
        if outcome.isLate(limit) { return "took \(outcome.time)" }
        if let answer = outcome.answer {
            guard answer == task.conversation.answer else { return "the wrong answer \(answer)" }
            return isWhole ? nil : "an answer although some of it was cut off"
        }
        guard let error = outcome.error else { return outcome.text }
        if isWhole { return "\(error) although everything came" }
        if task.cut.offset < task.play.loginBytes {
            return error.effect == .none ? nil : "effect \(error.effect) of a login"
        }
        switch error.code {
        // Calls after the loss were never sent.
        case .connectionClosed: return error.effect == .none ? nil : "effect \(error.effect) of \(error)"
        case .connectionFailed: return error.effect == .unknown ? nil : "effect \(error.effect) of \(error)"
        default: return "the error \(error)"
        }
    }
}

/// Tasks for several workers.
private final class TaskQueue: Sendable {
    private let state: Lock<ArraySlice<CutSweep.Task>>

    init(_ tasks: [CutSweep.Task]) { state = Lock(tasks[...]) }

    func next() -> CutSweep.Task? { state.withLock { $0.popFirst() } }
}
