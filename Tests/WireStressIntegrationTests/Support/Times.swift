/// Durations that were measured, and what they come to.
struct Times: Sendable, CustomStringConvertible {
    private(set) var values: [Duration] = []

    mutating func add(_ value: Duration) { values.append(value) }

    var longest: Duration { values.max() ?? .zero }

    /// The duration that the given share of all does not exceed.
    func percentile(_ percent: Int) -> Duration {
        guard !values.isEmpty else { return .zero }
        let sorted = values.sorted()
        return sorted[min(sorted.count - 1, sorted.count * percent / 100)]
    }

    var description: String {
        "\(values.count) times, median \(Self.text(percentile(50))), 99 % within \(Self.text(percentile(99))),"
            + " longest \(Self.text(longest))"
    }

    static func text(_ duration: Duration) -> String {
        let microseconds = duration / .microseconds(1)
        return "\(Double(Int(microseconds / 10)) / 100) ms"
    }
}
