#if CLI
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// `bench --suite client --only codecs`.
struct CodecSuite {
    var rounds: Int
    var scale: Double
    var console: Console

    /// Measures each case in each round; the rounds have orders of their own.
    func run(only names: [String]) throws -> CodecReport {
        _ = try BenchSuite.chosen(names, among: ["codecs"], name: { $0 })
        let cases = try CodecCases.all()
        var samples = [[Double]](repeating: [], count: cases.count)
        let bar = ProgressBar("measuring", total: cases.count * rounds, unit: "samples", on: console)
        defer { bar.abandon() }
        var done = 0
        for _ in 0..<rounds {
            for index in cases.indices.shuffled() {
                try Task.checkCancellation()
                samples[index].append(try nanoseconds(of: cases[index]))
                done += 1
                bar.update(done)
            }
        }
        let costs = zip(cases, samples).map { item, samples in
            CodecReport.Cost(
                name: item.name, direction: item.direction, nanoseconds: samples.min() ?? 0,
                median: BenchSample.median(samples) ?? 0, figure: item.figure)
        }
        return CodecReport(machine: BenchMachine.description, rounds: rounds, costs: costs)
    }

    private func nanoseconds(of item: CodecCase) throws -> Double {
        let count = max(1_000, Int(Double(item.turns) * scale))
        try item.work(count / 10)
        let began = Self.threadNanoseconds
        try item.work(count)
        return (Self.threadNanoseconds - began) / Double(count)
    }

    /// The processor time of this thread.
    private static var threadNanoseconds: Double {
        var time = timespec()
        _ = clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
    }
}
#endif
