import AgentMemory
import FoundationEssentials
import StoreContracts

/// What ledgers of outcomes promise.
enum LedgerPromises {
    static let all: [Promise] = [
        Promise("OL001", "statistics are those of the runs with the fact") { world in
            let ledger = try await world.parityLedger()
            let stats = try await ledger.listFactStats()
            try equal(stats.map(\.factID), ["1", "2", "3"], "facts")
            try equal(stats.map(\.trials), [2, 2, 2], "trials")
            for (own, expected) in zip(stats, [(0.65, 0.125), (0.85, 0.005), (0.5, 0.18)]) {
                try near(own.meanScore, expected.0, "the mean of \(own.factID)")
                try near(own.variance ?? -1, expected.1, "the variance of \(own.factID)")
            }
            let batch = try await ledger.getFactStatsBatch(["1", "9", "3", "1"])
            try equal(Set(batch.keys), ["1", "3"], "the batch")
            try equal(batch["1"], stats[0], "one of the batch")
            try equal(await ledger.getFactStatsBatch([]).count, 0, "of none")
            try require(await ledger.getFactStats("9") == nil, "an unknown fact has none")
        },
        Promise("OL002", "baselines leave out the runs with a fact") { world in
            let ledger = try await world.parityLedger()
            for (id, runs, mean, variance) in [
                (String?.none, 5, 0.58, 0.082), ("1", 3, 0.5333333333333333, 0.09333333333333334),
                ("2", 3, 0.4, 0.04), ("3", 3, 0.6333333333333333, 0.06333333333333334),
                ("unknown", 5, 0.58, 0.082),
            ] {
                let baseline = try await ledger.getBaseline(excluding: id)
                try equal(baseline.runs, runs, "runs")
                try near(baseline.meanScore, mean, "the mean")
                try near(baseline.variance ?? -1, variance, "the variance")
                guard let id else { continue }
                let input = try present(await ledger.gateInputs([id])[id], "the input of the gate")
                try equal(input.baseline.runs, runs, "its runs")
                try near(input.baseline.meanScore, mean, "its mean")
                try near(input.baseline.variance ?? -1, variance, "its variance")
            }
        },
        Promise("OL003", "a variance is absent below two runs, and a baseline of no run is 0") { world in
            let ledger = try world.ledger()
            try equal(
                await ledger.getBaseline(), OutcomeBaseline(runs: 0, meanScore: 0, variance: nil), "of none")
            try await ledger.recordOutcome(RunOutcome(runID: "r", score: 0.25, factIDs: ["f"]))
            try equal(
                await ledger.getFactStats("f"),
                FactStats(factID: "f", trials: 1, meanScore: 0.25, variance: nil), "of one")
            try equal(await ledger.getBaseline(excluding: "f").runs, 0, "without it")
            let input = try present(await ledger.gateInputs(["f"])["f"], "the input of the gate")
            try equal(input.baseline.runs, 0, "its runs")
        },
        Promise("OL004", "equal scores have a variance of exactly 0") { world in
            let ledger = try world.ledger()
            for n in 0..<3 {
                try await ledger.recordOutcome(RunOutcome(runID: "a\(n)", score: 0.9, factIDs: ["f"]))
                try await ledger.recordOutcome(RunOutcome(runID: "b\(n)", score: 0.7))
            }
            let input = try present(await ledger.gateInputs(["f"])["f"], "the input of the gate")
            try equal(input.stats?.variance, 0, "with it")
            try equal(input.baseline.variance, 0, "without it")
        },
        Promise("OL005", "recording a run again replaces its score, facts and instant") { world in
            let ledger = try world.ledger()
            try await ledger.recordOutcome(
                RunOutcome(runID: "r", score: 0.1, factIDs: ["f", "g"], recordedAt: world.day(1)))
            try await ledger.recordOutcome(
                RunOutcome(runID: "r", score: 0.9, factIDs: ["f", "f"], recordedAt: world.day(2)))
            try equal(
                await ledger.listFactStats(),
                [FactStats(factID: "f", trials: 1, meanScore: 0.9, variance: nil)], "statistics")
            try equal(
                await ledger.getFitnessTrend(),
                [FitnessPoint(runID: "r", score: 0.9, recordedAt: world.day(2))], "the trend")
        },
        Promise("OL006", "scores out of 0 to 1 and empty ids are refused, and nothing is stored") { world in
            let ledger = try world.ledger()
            for score in [1.5, -0.1, .nan] {
                try await refused(.invalidArgument(name: "score"), "the score \(score)") {
                    try await ledger.recordOutcomes([
                        RunOutcome(runID: "good", score: 1), RunOutcome(runID: "bad", score: score),
                    ])
                }
            }
            try await refused(.invalidArgument(name: "run_id"), "an empty id") {
                try await ledger.recordOutcome(RunOutcome(runID: "", score: 1))
            }
            try equal(await ledger.getBaseline().runs, 0, "runs")
        },
        Promise("OL007", "the trend shows the newest scores, oldest first") { world in
            let ledger = try world.ledger()
            try await ledger.recordOutcomes(
                (1...6).map {
                    RunOutcome(runID: "r\($0)", score: Double($0) / 10, recordedAt: world.day($0 / 2))
                })
            try equal(
                await ledger.getFitnessTrend(since: nil, limit: 3).map(\.runID), ["r4", "r5", "r6"], "three")
            try equal(
                await ledger.getFitnessTrend(since: world.day(2), limit: 9).map(\.runID), ["r4", "r5", "r6"],
                "since")
            try equal(await ledger.getFitnessTrend().map(\.score), [0.1, 0.2, 0.3, 0.4, 0.5, 0.6], "all")
        },
        Promise("OL008", "decisions are logged in order, filtered, paged, and told for a fact") { world in
            let ledger = try world.ledger()
            let ids = (1...3).map { world.number($0) }
            var first = RetentionReport()
            first.held = ids.map { .init(factID: $0, trials: 2, evidence: nil) }
            try await ledger.recordGateDecisions(first, at: world.day(1))
            var second = RetentionReport()
            second.promoted = [.init(factID: ids[0], evidence: world.evidence(.infinity))]
            second.evicted = [.init(factID: ids[1], reason: .harmful, evidence: world.evidence(8))]
            try await ledger.recordGateDecisions(second, at: world.day(2))
            try await ledger.recordGateDecisions(RetentionReport(), at: world.day(3))
            let all = try await ledger.listGateDecisions()
            let expected = [1, 0, 2, 1, 0].map { ids[$0].text }
            try equal(all.map(\.factID), expected, "the order")
            try equal(all.map(\.decision), [.evicted, .promoted, .held, .held, .held], "decisions")
            try equal(all[0].reason, "eval-gate:harmful", "the reason")
            try equal(all[0].evidence, world.evidence(8), "evidence")
            try equal(all[1].evidence, world.evidence(.infinity), "evidence with infinite degrees")
            try equal(all.map(\.trials), [5, 5, 2, 2, 2], "trials")
            try equal(Set(all.map(\.passID)).count, 2, "passes")
            try equal(
                await ledger.listGateDecisions(GateDecisionFilter(), Page(limit: 2, offset: 1)).map(\.factID),
                Array(expected[1...2]), "a page")
            try equal(await ledger.listGateDecisions(GateDecisionFilter(decision: .held)).count, 3, "held")
            try equal(
                await ledger.listGateDecisions(GateDecisionFilter(reason: "eval-gate:harmful")).count, 1,
                "why")
            try equal(
                await ledger.listGateDecisions(GateDecisionFilter(since: world.day(2))).count, 2, "since")
            try equal(
                await ledger.getLessonHistory(factID: ids[0].text).map(\.decision), [.held, .promoted],
                "the history")
        },
        Promise("OL009", "clear removes outcomes and leaves decisions") { world in
            let ledger = try await world.parityLedger()
            var report = RetentionReport()
            report.held = [.init(factID: world.number(1), trials: 1, evidence: nil)]
            try await ledger.recordGateDecisions(report)
            try await ledger.clear()
            try equal(await ledger.getBaseline().runs, 0, "runs")
            try equal(await ledger.listFactStats().count, 0, "statistics")
            try equal(await ledger.listGateDecisions().count, 1, "decisions")
        },
        Promise(
            "OL010", "outcomes of another tenant do not count, and its runs are a conflict", needs: [.tenants]
        ) { world in
            let (owner, stranger) = try world.tenants()
            let mine = try world.ledger(owner)
            let other = try world.ledger(stranger)
            try await mine.recordOutcome(RunOutcome(runID: "r", score: 1, factIDs: ["f"]))
            try require(await other.getFactStats("f") == nil, "statistics")
            try equal(await other.getBaseline().runs, 0, "runs")
            try await refused(.tenantConflict(table: "run_outcomes", id: "r"), "the run") {
                try await other.recordOutcome(RunOutcome(runID: "r", score: 0, factIDs: ["g"]))
            }
            try await other.clear()
            try equal(await mine.listFactStats().map(\.factID), ["f"], "facts")
            try equal(await mine.getBaseline().meanScore, 1, "the mean")
        },
    ]

    private static func near(_ own: Double, _ expected: Double, _ what: String) throws {
        try require((own - expected).magnitude < 1e-10, "\(what) is \(expected), found \(own)")
    }
}

extension PromiseWorld {
    /// The five runs of the contract's parity set.
    fileprivate func parityLedger() async throws -> any OutcomeLedger {
        let ledger = try ledger()
        for (run, score, facts) in [
            ("r1", 0.9, ["1", "2"]), ("r2", 0.4, ["1"]), ("r3", 0.6, []), ("r4", 0.8, ["2", "3"]),
            ("r5", 0.2, ["3"]),
        ] {
            try await ledger.recordOutcome(RunOutcome(runID: run, score: score, factIDs: facts))
        }
        return ledger
    }

    fileprivate func evidence(_ degrees: Double) -> GateEvidence {
        GateEvidence(
            lift: 0.4, standardError: 0.0632455532033676, degrees: degrees, pPromote: 0.9997243798146219,
            pEvict: 5.024104188700029e-5, trials: 5, baselineRuns: 5, alphaBracket: 2)
    }
}
