import Foundation

/// How much of a sweep is run: a seeded choice in every run, everything where `ORCHESTRATOR_FAULTS` is `full`.
enum Effort {
    static let isFull = ProcessInfo.processInfo.environment["ORCHESTRATOR_FAULTS"] == "full"

    /// The larger number in a full run.
    static func count(_ usual: Int, full: Int) -> Int { isFull ? full : usual }
}
