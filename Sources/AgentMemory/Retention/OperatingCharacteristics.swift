import FoundationEssentials
public import StoreContracts

/// How often the gate decides rightly, for lessons of some effects over some numbers of runs.
public struct OperatingCharacteristics: Hashable, Sendable {
    /// The true effects.
    public var effects: [Double]
    /// The numbers of runs.
    public var runCounts: [Int]
    /// The standard deviations of the noise.
    public var noiseSds = [0.1]
    /// How often each combination is played, 1 to 999.
    public var replicates = 20
    /// Where the random numbers start.
    public var seed = 1
    /// The score of a run without lessons.
    public var baseScore = 0.6
    /// How lessons are chosen.
    public var retrieval = GatedLessonOptions()
    /// By which rules the gate decides.
    public var policy = RetentionPolicy()
    /// The gate decides after every so many runs.
    public var gateEvery = 1

    /// Tries out effects over numbers of runs.
    public init(effects: [Double], runCounts: [Int]) {
        self.effects = effects
        self.runCounts = runCounts
    }

    /// How often the gate decided in which way, for one combination.
    public struct Row: Hashable, Sendable {
        /// The true effect.
        public var effect: Double
        /// How many runs.
        public var runs: Int
        /// The standard deviation of the noise.
        public var noiseSd: Double
        /// How often it was played.
        public var replicates: Int
        /// The share of promotions.
        public var promoteRate: Double
        /// The share of evictions as harmful.
        public var harmfulEvictRate: Double
        /// The share of evictions for no lift.
        public var noLiftRate: Double
        /// The mean of the runs after which it was decided; nil if it never was.
        public var meanDecisionRun: Double?

        /// The share of evictions.
        public var evictRate: Double { harmfulEvictRate + noLiftRate }
        /// The share without a decision.
        public var heldRate: Double { 1 - promoteRate - evictRate }
        /// The share of promotions, if the lesson does not help.
        public var falsePromoteRate: Double { effect <= 0 ? promoteRate : 0 }
        /// The share of evictions as harmful, if the lesson does not harm.
        public var falseEvictRate: Double { effect >= 0 ? harmfulEvictRate : 0 }
    }

    /// Plays every combination: noise outside, then effects, then numbers of runs.
    ///
    /// - Throws: `invalidArgument` unless `replicates` lies in 1...999.
    public func rows() async throws(StoreError) -> [Row] {
        guard (1...999).contains(replicates) else {
            throw StoreError(.invalidArgument(name: "replicates"), cause: "it does not lie in 1...999")
        }
        var rows: [Row] = []
        for noise in noiseSds {
            for effect in effects {
                for runs in runCounts {
                    rows.append(try await row(effect, runs, noise, cell: rows.count + 1))
                }
            }
        }
        return rows
    }

    private func row(
        _ effect: Double, _ runs: Int, _ noise: Double, cell: Int
    ) async throws(StoreError) -> Row {
        var counts: (promoted: Int, harmful: Int, noLift: Int) = (0, 0, 0)
        var decidedAt: [Double] = []
        let lesson = GateSimulation.Lesson(id: TenantID.seed.uuid, trueEffect: effect)
        for replicate in 0..<replicates {
            var simulation = GateSimulation(
                lessons: [lesson], runs: runs, seed: seed &* 1_000_000 &+ cell * 1000 + replicate)
            simulation.baseScore = baseScore
            simulation.noiseSd = noise
            simulation.retrieval = retrieval
            simulation.policy = policy
            simulation.gateEvery = gateEvery
            for fate in try await simulation.run().lessons {
                switch (fate.outcome, fate.reason) {
                case (.promoted, _): counts.promoted += 1
                case (.evicted, .noLift): counts.noLift += 1
                case (.evicted, _): counts.harmful += 1
                case (.held, _): break
                }
                if let run = fate.decidedAtRun { decidedAt.append(Double(run)) }
            }
        }
        func share(_ count: Int) -> Double { Double(count) / Double(replicates) }
        return Row(
            effect: effect, runs: runs, noiseSd: noise, replicates: replicates,
            promoteRate: share(counts.promoted), harmfulEvictRate: share(counts.harmful),
            noLiftRate: share(counts.noLift), meanDecisionRun: decidedAt.isEmpty ? nil : decidedAt.mean)
    }
}
