import FoundationEssentials
import StoreContracts

/// The rules of the gate: from evidence to decisions, without reading or writing anything.
struct RetentionRules {
    let policy: RetentionPolicy

    /// What is decided on a candidate.
    private enum Decision {
        case promote
        case evict(RetentionReport.Reason)
        case hold
        /// It awaits the comparison with the other candidates of the pass.
        case test
    }

    /// Decides on candidates, in their order.
    func report(_ candidates: [UUID], _ inputs: [String: GateInput]) throws(StoreError) -> RetentionReport {
        let none = GateInput(stats: nil, baseline: OutcomeBaseline(runs: 0, meanScore: 0, variance: nil))
        var decisions: [Decision] = []
        var evidence: [Int: GateEvidence] = [:]
        for (index, id) in candidates.enumerated() {
            let input = inputs[id.text] ?? none
            let decision = firstDecision(input)
            if case .test = decision, let stats = input.stats {
                evidence[index] = try weigh(stats, input.baseline)
            }
            decisions.append(decision)
        }
        let tested = evidence.keys.sorted()
        let verdicts = compare(tested.compactMap { evidence[$0] })
        for (index, verdict) in zip(tested, verdicts) { decisions[index] = verdict }
        var report = RetentionReport()
        for (index, id) in candidates.enumerated() {
            switch decisions[index] {
            case .promote: report.promoted.append(.init(factID: id, evidence: evidence[index]))
            case .evict(let reason):
                report.evicted.append(.init(factID: id, reason: reason, evidence: evidence[index]))
            case .hold, .test:
                let trials = inputs[id.text]?.stats?.trials ?? 0
                report.held.append(.init(factID: id, trials: trials, evidence: evidence[index]))
            }
        }
        return report
    }

    /// Decides where one candidate's evidence is enough.
    private func firstDecision(_ input: GateInput) -> Decision {
        guard let stats = input.stats, stats.trials >= policy.minTrials else { return .hold }
        switch policy.decisionRule {
        case .inference:
            return stats.trials < 2 || input.baseline.runs < 2 ? exhausted(stats.trials) : .test
        case .margin:
            guard input.baseline.runs > 0 else { return exhausted(stats.trials) }
            let lift = stats.meanScore - input.baseline.meanScore
            if lift >= policy.promoteMargin { return .promote }
            if -lift >= policy.evictMargin { return .evict(.harmful) }
            return exhausted(stats.trials)
        }
    }

    private func exhausted(_ trials: Int) -> Decision {
        policy.maxTrials.map { trials >= $0 } ?? false ? .evict(.noLift) : .hold
    }

    private func weigh(_ stats: FactStats, _ baseline: OutcomeBaseline) throws(StoreError) -> GateEvidence {
        let floor = policy.noiseFloorSd * policy.noiseFloorSd
        let with = WelchLift.Group(
            mean: stats.meanScore, variance: max(stats.variance ?? 0, floor), count: stats.trials)
        let without = WelchLift.Group(
            mean: baseline.meanScore, variance: max(baseline.variance ?? 0, floor), count: baseline.runs)
        let up = try WelchLift(with, without, margin: policy.promoteMargin)
        let down = try WelchLift(with, without, margin: -policy.evictMargin)
        let bracket = Int.bitWidth - 1 - baseline.runs.leadingZeroBitCount
        return GateEvidence(
            lift: up.lift, standardError: up.standardError, degrees: up.degrees, pPromote: up.pExceeds,
            pEvict: 1 - down.pExceeds, trials: stats.trials, baselineRuns: baseline.runs,
            alphaBracket: policy.sequentialControl == .doubling ? bracket : nil)
    }

    /// Decides on the candidates that were tested, together.
    private func compare(_ evidence: [GateEvidence]) -> [Decision] {
        func spent(_ p: Double, _ entry: GateEvidence) -> Double {
            guard let bracket = entry.alphaBracket else { return p }
            return min(1, p * Double(sign: .plus, exponent: bracket, significand: 1))
        }
        let up = rejects(evidence.map { spent(1 - $0.pPromote, $0) }, 1 - policy.promoteConfidence)
        let down = rejects(evidence.map { spent(1 - $0.pEvict, $0) }, 1 - policy.evictConfidence)
        return evidence.indices.map { index in
            switch (up[index], down[index]) {
            case (true, true): return .hold
            case (true, false): return .promote
            case (false, true): return .evict(.harmful)
            case (false, false):
                if let limit = policy.maxBaselineRuns, evidence[index].baselineRuns >= limit {
                    return .evict(.noLift)
                }
                return exhausted(evidence[index].trials)
            }
        }
    }

    private func rejects(_ pValues: [Double], _ rate: Double) -> [Bool] {
        switch policy.multipleComparison {
        case .benjaminiHochberg: benjaminiHochberg(pValues, rate: rate)
        case .none: pValues.map { $0 <= rate }
        }
    }
}
