#if CLI
import JSONModel
import Locking

/// Where everything goes: results to standard output, everything else to standard error.
///
/// In JSON format standard output holds one document and nothing else.
final class Console: Sendable {
    private struct State {
        var format = OutputFormat.text
        var isQuiet = false
        var isVerbose = false
        /// The line of the progress bar that is on the screen.
        var bar: String?
    }

    static let shared = Console(environment: .current)

    let output: StandardStream
    let errors: StandardStream
    private let state = Lock(State())

    init(environment: Environment) {
        output = StandardStream(1, environment: environment)
        errors = StandardStream(2, environment: environment)
        Tone.enable()
    }

    func configure(format: OutputFormat, isQuiet: Bool, isVerbose: Bool) {
        state.withLock {
            $0.format = format
            $0.isQuiet = isQuiet
            $0.isVerbose = isVerbose
        }
    }

    var isText: Bool { state.withLock { $0.format == .text } }

    var isQuiet: Bool { state.withLock { $0.isQuiet } }

    var isVerbose: Bool { state.withLock { $0.isVerbose } }

    /// Writes a result, in text format only.
    func result(_ text: String) {
        guard isText else { return }
        if output.isTerminal { clearBar() }
        output.write(text + "\n")
    }

    /// Writes the one document of JSON format.
    func document(_ value: JSONValue) {
        guard !isText else { return }
        output.write(value.jsonText(.pretty) + "\n")
    }

    /// Says what is being done, unless nobody wants to know.
    func note(_ text: String) {
        guard !isQuiet else { return }
        writeLine(text)
    }

    /// Says what only `--verbose` wants to know.
    func detail(_ text: String) {
        guard isVerbose else { return }
        writeLine(paint(text, .faint, on: errors))
    }

    /// Says what is not as it should be.
    func warn(_ text: String) { writeLine("\(paint("warning:", .warning, on: errors)) \(text)") }

    /// Says why the command failed.
    func report(_ failure: CommandFailure) {
        writeLine("\(paint("orchestrator:", .bad, on: errors)) \(failure.text)")
        if let excerpt = failure.excerpt { writeLine(excerpt) }
        if let details = failure.details { detail(details) }
    }

    /// The text in its colour if the stream takes colour.
    func paint(_ text: String, _ tone: Tone, on stream: StandardStream) -> String {
        stream.usesColour ? tone.applied(to: text) : text
    }

    /// The text in its colour if results take colour.
    func paint(_ text: String, _ tone: Tone) -> String { paint(text, tone, on: output) }

    /// Replaces the progress bar; for terminals only.
    func draw(bar: String) {
        state.withLock { state in
            state.bar = bar
            errors.write("\r\u{1B}[K" + bar)
        }
    }

    /// Takes the progress bar off the screen.
    func clearBar() {
        state.withLock { state in
            guard state.bar != nil else { return }
            state.bar = nil
            errors.write("\r\u{1B}[K")
        }
    }

    /// Leaves the terminal as it was.
    func finish() { clearBar() }

    private func writeLine(_ text: String) {
        state.withLock { state in
            _ = errors.write(state.bar.map { "\r\u{1B}[K" + text + "\n" + $0 } ?? text + "\n")
        }
    }
}
#endif
