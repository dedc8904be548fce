/// How a program ended, and the last 64 KB of each of its outputs.
package struct ChildResult: Sendable {
    package enum Ending: Sendable, Equatable {
        case exited(Int32)
        case signalled(Int32)
    }

    let ending: Ending
    let output: String
    let errors: String

    var succeeded: Bool { ending == .exited(0) }

    /// The last lines of both outputs in one line, for an error message.
    var excerpt: String {
        let text = (errors + "\n" + output).excerpt(lines: 4)
        if !text.isEmpty { return text }
        return switch ending {
        case .exited(let code): "exit code \(code)"
        case .signalled(let signal): "ended by signal \(signal)"
        }
    }
}
