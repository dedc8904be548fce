#if CLI
@preconcurrency import Rainbow

/// What a piece of text means, shown as colour where colour is welcome.
enum Tone: Sendable {
    case good
    case bad
    case warning
    case faint
    case strong

    func applied(to text: String) -> String {
        switch self {
        case .good: text.green
        case .bad: text.red
        case .warning: text.yellow
        case .faint: text.lightBlack
        case .strong: text.bold
        }
    }

    /// Lets the colours through; whether they are welcome is decided for each stream.
    static func enable() {
        Rainbow.outputTarget = .console
        Rainbow.enabled = true
    }
}
#endif
