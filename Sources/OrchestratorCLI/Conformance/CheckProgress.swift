#if CLI
import AdapterConformance
import Locking

/// Shows how many promises have been checked.
final class CheckProgress: Sendable {
    private let done = Lock(0)
    private let bar: ProgressBar

    init(_ total: Int, on console: Console) {
        bar = ProgressBar("checking", total: total, unit: "promises", on: console)
    }

    func ended(_ result: PromiseResult) {
        bar.update(
            done.withLock { done in
                done += 1
                return done
            })
    }

    func finish() { bar.finish() }
}
#endif
