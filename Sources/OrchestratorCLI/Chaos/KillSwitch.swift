#if CLI
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif
import FoundationEssentials
import Locking
import StoreContracts

/// Kills this process when its plan says so, with a signal that it cannot see coming.
final class KillSwitch: Sendable {
    private let plan: KillPlan?
    private let passed = Lock(0)

    init(_ plan: KillPlan?) { self.plan = plan }

    /// Says that the process passes a point, in the middle of a run if it is known.
    func pass(_ point: KillPoint, _ run: UUID?) {
        guard let plan, plan.point == point else { return }
        let count = passed.withLock { passed in
            passed += 1
            return passed
        }
        guard count == plan.hit else { return }
        var line = Array("\(KillNote(plan: plan, run: run).text)\n".utf8)
        // One write of one line: what the other end reads is whole.
        _ = write(2, &line, line.count)
        kill(getpid(), SIGKILL)
        while true { pause() }
    }
}

/// What a worker writes to standard error as its last words.
struct KillNote: Sendable {
    var plan: KillPlan
    var run: UUID?

    private static let mark = "killed-at"

    var text: String { "\(Self.mark) \(plan.text) \(run?.text ?? "-")" }

    init(plan: KillPlan, run: UUID?) {
        self.plan = plan
        self.run = run
    }

    /// Finds the note in what a worker wrote.
    init?(in text: String) {
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ")
            guard words.count == 3, words[0] == Self.mark, let plan = KillPlan(text: String(words[1])) else {
                continue
            }
            self.init(plan: plan, run: UUID(text: words[2]))
            return
        }
        return nil
    }
}
#endif
