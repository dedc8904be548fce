import Foundation

/// How large the storms are: small in every commit, large under `./dev test --full client`.
enum StressSize {
    /// Whether everything runs at its full size.
    static let isFull = ProcessInfo.processInfo.environment["ORCHESTRATOR_STRESS"] == "full"

    /// One of two sizes.
    static func pick<Size>(_ small: Size, full: Size) -> Size { isFull ? full : small }

    /// Writes measured numbers into the output of the run.
    static func report(_ row: String, _ numbers: String) { print("stress: \(row): \(numbers)") }
}
