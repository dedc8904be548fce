#if CLI
/// Lets all drivers do all workloads, a round of everything after the other, each round in an order of its own.
struct BenchRounds<Workload: BenchWorkload>: Sendable {
    /// One driver's share of one workload.
    private struct Place: Hashable {
        var workload: Int
        var driver: Int
    }

    var workloads: [Workload]
    var drivers: [any BenchDriver<Workload>]
    /// The driver that ratios divide by.
    var reference: String
    var rounds: Int
    var console: Console

    /// Measures.
    ///
    /// - Returns: The results, by workload and then by driver, in the order in which they were given.
    func run() async throws -> [BenchResult] {
        var objections: [Place: String] = [:]
        var places: [Place] = []
        for (index, workload) in workloads.enumerated() {
            for (number, driver) in drivers.enumerated() {
                let place = Place(workload: index, driver: number)
                try await workload.prepare()
                if let objection = try await driver.objection(to: workload) {
                    objections[place] = objection
                } else {
                    places.append(place)
                }
            }
        }
        return results(try await measure(places), objections)
    }

    private func measure(_ places: [Place]) async throws -> [Place: [BenchSample]] {
        let bar = ProgressBar("measuring", total: places.count * rounds, unit: "samples", on: console)
        defer { bar.abandon() }
        var samples: [Place: [BenchSample]] = [:]
        var done = 0
        for _ in 0..<rounds {
            for place in places.shuffled() {
                try Task.checkCancellation()
                let workload = workloads[place.workload]
                let driver = drivers[place.driver]
                try await workload.prepare()
                let sample = try await driver.run(workload)
                console.detail("\(workload.name) by \(driver.name): \(Int(sample.perSecond))/s")
                samples[place, default: []].append(sample)
                done += 1
                bar.update(done)
            }
        }
        return samples
    }

    private func results(
        _ samples: [Place: [BenchSample]], _ objections: [Place: String]
    ) -> [BenchResult] {
        var results: [BenchResult] = []
        for (index, workload) in workloads.enumerated() {
            for (number, driver) in drivers.enumerated() {
                let place = Place(workload: index, driver: number)
                results.append(
                    BenchResult(
                        workload: workload.name, driver: driver.name,
                        measured: BenchResult.Measured(samples[place] ?? []), objection: objections[place]))
            }
        }
        let rates = Dictionary(
            results.map { ([$0.workload, $0.driver], $0.measured?.perSecond) },
            uniquingKeysWith: { first, _ in first })
        for index in results.indices {
            compare(&results[index], rates)
        }
        return results
    }

    private func compare(_ result: inout BenchResult, _ rates: [[String]: Double?]) {
        guard let rate = result.measured?.perSecond else { return }
        if result.driver != reference, let base = rates[[result.workload, reference]] ?? nil {
            result.measured?.reference = reference
            result.measured?.ratio = rate / base
        }
        guard let single = workloads.first(where: { $0.name == result.workload })?.single,
            let base = rates[[single, result.driver]] ?? nil
        else { return }
        result.measured?.single = single
        result.measured?.multiple = rate / base
    }
}
#endif
