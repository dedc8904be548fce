#if CLI
import JSONModel

/// What a driver reached in a workload: the medians of its rounds, or why it cannot do it.
struct BenchResult: Sendable {
    var workload: String
    var driver: String
    /// The medians; nil if the driver cannot do this work.
    var measured: Measured?
    /// Why it cannot.
    var objection: String?

    /// Medians of rounds.
    struct Measured: Sendable {
        var perSecond: Double
        var processorMicroseconds: Double
        var switches: Double
        var p50: Double?
        var p99: Double?
        var rounds: Int
        /// The driver that `ratio` divides by.
        var reference: String?
        var ratio: Double?
        /// The workload that `multiple` divides by.
        var single: String?
        var multiple: Double?

        /// The medians of rounds, each item's share of processor and switches.
        init?(_ samples: [BenchSample]) {
            guard let perSecond = BenchSample.median(samples.map(\.perSecond)) else { return nil }
            self.perSecond = perSecond
            processorMicroseconds = Self.median(samples) {
                $0.processorMicroseconds / Double(max(1, $0.items))
            }
            switches = Self.median(samples) { Double($0.switches) / Double(max(1, $0.items)) }
            p50 = BenchSample.median(samples.compactMap { BenchSample.percentile(0.5, of: $0.latencies) })
            p99 = BenchSample.median(samples.compactMap { BenchSample.percentile(0.99, of: $0.latencies) })
            rounds = samples.count
        }

        private static func median(_ samples: [BenchSample], _ value: (BenchSample) -> Double) -> Double {
            BenchSample.median(samples.map(value)) ?? 0
        }
    }

    var json: JSONValue {
        var fields: JSONObject = ["workload": .string(workload), "driver": .string(driver)]
        guard let measured else {
            fields["unavailable"] = .string(objection ?? "unknown")
            return .object(fields)
        }
        fields["per_second"] = Self.number(measured.perSecond)
        fields["reference"] = measured.reference.map { .string($0) } ?? .null
        fields["ratio"] = Self.number(measured.ratio)
        fields["client_cpu_microseconds"] = Self.number(measured.processorMicroseconds)
        fields["context_switches"] = Self.number(measured.switches)
        fields["p50_microseconds"] = Self.number(measured.p50)
        fields["p99_microseconds"] = Self.number(measured.p99)
        fields["rounds"] = .number(JSONNumber(measured.rounds))
        if let single = measured.single {
            fields["single"] = .string(single)
            fields["multiple"] = Self.number(measured.multiple)
        }
        return .object(fields)
    }

    /// A number with three decimals at most; NULL for none.
    static func number(_ value: Double?) -> JSONValue {
        guard let value, value.isFinite else { return .null }
        return (try? JSONValue(parsing: Text.decimal(value, places: 3))) ?? .null
    }
}
#endif
