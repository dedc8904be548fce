#if CLI
import Locking

/// Shows how far a piece of work is: a bar with rate and time left on a terminal, else a line now and then.
///
/// Nothing appears in the first half second, nor with `--quiet`.
final class ProgressBar: Sendable {
    private struct State {
        var done = 0
        var total: Int
        var lastShown: ContinuousClock.Instant
        var hasShown = false
        var isFinished = false
    }

    private static let quietStart = Duration.milliseconds(500)
    private static let redraw = Duration.milliseconds(100)
    private static let betweenLines = Duration.seconds(5)

    private let console: Console
    private let title: String
    private let unit: String
    private let began = ContinuousClock.now
    private let state: Lock<State>

    /// Starts to show work of `total` units, named in the plural.
    init(_ title: String, total: Int, unit: String, on console: Console) {
        self.console = console
        self.title = title
        self.unit = unit
        state = Lock(State(total: total, lastShown: .now))
    }

    /// Says how many units are done.
    func update(_ done: Int, total: Int? = nil) {
        let isTerminal = console.errors.isTerminal
        let shown = state.withLock { state -> (Int, Int)? in
            state.done = done
            if let total { state.total = total }
            let now = ContinuousClock.now
            guard !state.isFinished, began.duration(to: now) > Self.quietStart else { return nil }
            let pause = isTerminal ? Self.redraw : Self.betweenLines
            guard !state.hasShown && isTerminal || state.lastShown.duration(to: now) >= pause else {
                return nil
            }
            state.hasShown = true
            state.lastShown = now
            return (state.done, state.total)
        }
        guard let (done, total) = shown, !console.isQuiet else { return }
        if isTerminal {
            console.draw(bar: line(done, total, columns: console.errors.columns))
        } else {
            console.note("\(title): \(Text.count(done)) of \(Text.count(total)) \(unit), \(rate(done))")
        }
    }

    /// Takes the bar away and says what was done.
    func finish() {
        let done = state.withLock { state -> Int? in
            defer { state.isFinished = true }
            return state.isFinished ? nil : state.done
        }
        guard let done else { return }
        console.clearBar()
        let seconds = Text.seconds(began.duration(to: .now))
        console.note("\(title): \(Text.count(done)) \(unit) in \(seconds) (\(rate(done)))")
    }

    /// Takes the bar away without a word.
    func abandon() {
        state.withLock { $0.isFinished = true }
        console.clearBar()
    }

    private func rate(_ done: Int) -> String {
        let elapsed = max(began.duration(to: .now) / .seconds(1), 0.001)
        return "\(Text.count(Int(Double(done) / elapsed)))/s"
    }

    private func line(_ done: Int, _ total: Int, columns: Int) -> String {
        let share = total > 0 ? min(1, Double(done) / Double(total)) : 0
        let elapsed = began.duration(to: .now) / .seconds(1)
        let left = share > 0.01 ? ", \(Text.clock(elapsed / share - elapsed)) left" : ""
        let tail =
            " \(Int(share * 100))% \(Text.count(done))/\(Text.count(total)) \(unit), \(rate(done))\(left)"
        let width = min(30, columns - title.count - tail.count - 4)
        guard width >= 5 else { return String((title + tail).prefix(columns - 1)) }
        let full = Int(share * Double(width))
        let bar = String(repeating: "█", count: full) + String(repeating: "░", count: width - full)
        return "\(title) \(console.paint(bar, .good, on: console.errors))\(tail)"
    }
}
#endif
