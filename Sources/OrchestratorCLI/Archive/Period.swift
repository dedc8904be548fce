#if CLI
import ArgumentParser

/// A length of time as people write it: `90s`, `15m`, `24h`, `30d`.
struct Period: ExpressibleByArgument, Sendable {
    private static let seconds: [Character: Int] = ["s": 1, "m": 60, "h": 3_600, "d": 86_400]

    var duration: Duration
    var defaultValueDescription: String

    init?(argument: String) {
        guard let unit = argument.last.flatMap({ Self.seconds[$0] }), let count = Int(argument.dropLast()),
            (0...1_000_000).contains(count)
        else { return nil }
        duration = .seconds(count * unit)
        defaultValueDescription = argument
    }

    private init(seconds: Int, text: String) {
        duration = .seconds(seconds)
        defaultValueDescription = text
    }

    static let day = Period(seconds: 86_400, text: "24h")
    static let month = Period(seconds: 30 * 86_400, text: "30d")
}
#endif
