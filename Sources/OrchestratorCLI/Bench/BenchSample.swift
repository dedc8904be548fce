#if CLI
/// What one driver did in one round of one workload.
struct BenchSample: Sendable {
    /// How many items were done: calls, or what the calls were about.
    var items: Int
    /// How long it took, by the wall clock.
    var seconds: Double
    /// What the client side used of the processors, in microseconds.
    var processorMicroseconds: Double
    /// How often the client side was switched off a processor, by itself or not.
    var switches: Int
    /// How long each call took, in microseconds, in no order.
    var latencies: [Double]

    var perSecond: Double { Double(items) / max(seconds, 1e-9) }

    /// The value below which a share of the sorted values lies; nil if there are none.
    static func percentile(_ share: Double, of values: [Double]) -> Double? {
        guard !values.isEmpty else { return nil }
        let sorted = values.sorted()
        return sorted[min(sorted.count - 1, Int(share * Double(sorted.count)))]
    }

    /// The middle value; the upper one of two; nil if there are none.
    static func median(_ values: [Double]) -> Double? { percentile(0.5, of: values) }
}
#endif
