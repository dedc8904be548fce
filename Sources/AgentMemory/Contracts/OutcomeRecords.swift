public import FoundationEssentials
package import StoreContracts

/// How well a run did, and which facts it was given.
public struct RunOutcome: Hashable, Sendable {
    /// The run; not empty.
    public var runID: String
    /// The score, 0 to 1.
    public var score: Double
    /// The facts that the run was given; a repeated one counts once.
    public var factIDs: [String]
    /// When it was recorded; nil: now by the ledger's clock.
    public var recordedAt: Date?

    /// Describes an outcome; it is checked when it is recorded.
    public init(runID: String, score: Double, factIDs: [String] = [], recordedAt: Date? = nil) {
        self.runID = runID
        self.score = score
        self.factIDs = factIDs
        self.recordedAt = recordedAt
    }

    package func validate() throws(StoreError) {
        try RecordRules.text(runID, "run_id")
        try RecordRules.share(score, "score")
        for id in factIDs { try RecordRules.text(id, "fact_ids") }
    }
}

/// How the runs did that were given a fact.
public struct FactStats: Hashable, Sendable {
    /// The fact.
    public var factID: String
    /// In how many runs.
    public var trials: Int
    /// The mean of their scores.
    public var meanScore: Double
    /// The sample variance of their scores; nil for fewer than two.
    public var variance: Double?

    /// Describes a fact's runs.
    public init(factID: String, trials: Int, meanScore: Double, variance: Double?) {
        self.factID = factID
        self.trials = trials
        self.meanScore = meanScore
        self.variance = variance
    }
}

/// How the runs did that were not given a fact, or all runs.
public struct OutcomeBaseline: Hashable, Sendable {
    /// How many runs.
    public var runs: Int
    /// The mean of their scores; 0 for no runs.
    public var meanScore: Double
    /// The sample variance of their scores; nil for fewer than two.
    public var variance: Double?

    /// Describes the runs.
    public init(runs: Int, meanScore: Double, variance: Double?) {
        self.runs = runs
        self.meanScore = meanScore
        self.variance = variance
    }

    /// All runs without those of a fact, from the sums of both.
    ///
    /// The variance is 0 where rounding alone is left of it.
    package init(all: OutcomeBaseline, without stats: FactStats?) {
        guard let stats, stats.trials > 0 else {
            self = all
            return
        }
        let runs = all.runs - stats.trials
        guard runs > 0 else {
            self.init(runs: 0, meanScore: 0, variance: nil)
            return
        }
        let (n, a, b) = (Double(all.runs), Double(stats.trials), Double(runs))
        let mean = (n * all.meanScore - a * stats.meanScore) / b
        guard runs > 1 else {
            self.init(runs: 1, meanScore: mean, variance: nil)
            return
        }
        let total = (n - 1) * (all.variance ?? 0)
        let difference = stats.meanScore - mean
        let squares = total - (a - 1) * (stats.variance ?? 0) - difference * difference * a * b / n
        let noise = 1e-14 * (total + n * all.meanScore * all.meanScore)
        self.init(runs: runs, meanScore: mean, variance: squares <= noise ? 0 : squares / (b - 1))
    }
}

/// What the gate decides on for one fact.
public struct GateInput: Hashable, Sendable {
    /// The runs with the fact; nil if there are none.
    public var stats: FactStats?
    /// The runs without it.
    public var baseline: OutcomeBaseline

    /// Describes both groups.
    public init(stats: FactStats?, baseline: OutcomeBaseline) {
        self.stats = stats
        self.baseline = baseline
    }
}

/// The score of one run, for a trend.
public struct FitnessPoint: Hashable, Sendable {
    /// The run.
    public var runID: String
    /// Its score.
    public var score: Double
    /// When it was recorded.
    public var recordedAt: Date

    /// Describes a point.
    public init(runID: String, score: Double, recordedAt: Date) {
        self.runID = runID
        self.score = score
        self.recordedAt = recordedAt
    }
}
