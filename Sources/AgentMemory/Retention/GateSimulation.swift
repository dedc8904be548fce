public import FoundationEssentials
public import StoreContracts

/// What a simulation of the gate tries out.
public struct GateSimulation: Hashable, Sendable {
    /// A lesson whose true effect is known.
    public struct Lesson: Hashable, Sendable {
        /// The id of its fact.
        public var id: UUID
        /// What it adds to the score of a run.
        public var trueEffect: Double
        /// The run, counted from 1, before which it arrives.
        public var arrivesAtRun: Int

        /// Describes a lesson.
        public init(id: UUID, trueEffect: Double, arrivesAtRun: Int = 1) {
            self.id = id
            self.trueEffect = trueEffect
            self.arrivesAtRun = arrivesAtRun
        }
    }

    /// The lessons.
    public var lessons: [Lesson]
    /// How many runs.
    public var runs: Int
    /// The score of a run without lessons.
    public var baseScore = 0.6
    /// The standard deviation of the noise.
    public var noiseSd = 0.1
    /// Where the random numbers start.
    public var seed: Int
    /// How lessons are chosen; tags are set by the simulation.
    public var retrieval = GatedLessonOptions()
    /// By which rules the gate decides.
    public var policy = RetentionPolicy()
    /// The gate decides after every so many runs.
    public var gateEvery = 1
    /// Whether runs without lessons are recorded.
    public var recordsEmptyRuns = true

    /// Tries out lessons over a number of runs.
    public init(lessons: [Lesson], runs: Int, seed: Int) {
        self.lessons = lessons
        self.runs = runs
        self.seed = seed
    }

    /// What became of a lesson.
    public struct Fate: Hashable, Sendable {
        /// The lesson.
        public var lesson: Lesson
        /// What was decided.
        public var outcome: GateDecision.Verdict
        /// Why it was evicted.
        public var reason: RetentionReport.Reason?
        /// After which run; nil while it is held.
        public var decidedAtRun: Int?
    }

    /// A pass of the gate.
    public struct Pass: Hashable, Sendable {
        /// After which run.
        public var afterRun: Int
        /// What it decided.
        public var report: RetentionReport
    }

    /// What a simulation showed.
    public struct Result: Hashable, Sendable {
        /// What became of the lessons, in their order.
        public var lessons: [Fate]
        /// The scores, by run.
        public var runScores: [Double]
        /// The passes of the gate.
        public var gateReports: [Pass]
    }

    /// Plays the runs with the in-memory store and ledger, the real retriever and the real gate.
    ///
    /// The same settings give the same result everywhere.
    ///
    /// - Throws: `invalidArgument` for a policy or options out of their ranges.
    public func run() async throws(StoreError) -> Result {
        guard gateEvery >= 1, runs >= 0 else {
            throw StoreError(.invalidArgument(name: "gateEvery"), cause: "it is below 1")
        }
        let memory = InMemoryMemory()
        let store = InMemoryMemoryStore(memory: memory)
        let ledger = InMemoryOutcomeLedger(memory: memory)
        var random = Mulberry32(seed: seed)
        var options = retrieval
        options.tags = ["gate-sim"]
        options.candidateTag = policy.candidateTag
        let effects = Dictionary(lessons.map { ($0.id, $0.trueEffect) }) { first, _ in first }
        var result = Result(
            lessons: lessons.map { Fate(lesson: $0, outcome: .held) }, runScores: [], gateReports: [])
        for run in stride(from: 1, through: runs, by: 1) {
            try await store.putFacts(lessons.filter { $0.arrivesAtRun == run }.map(fact))
            let injected = try await retrieveGatedLessons(from: store, ledger: ledger, options)
            let effect = injected.reduce(0.0) { $0 + (effects[$1.id] ?? 0) }
            let score = min(1, max(0, baseScore + effect + random.gaussian() * noiseSd))
            result.runScores.append(score)
            if recordsEmptyRuns || !injected.isEmpty {
                try await ledger.recordOutcome(
                    RunOutcome(runID: "sim-run-\(run)", score: score, factIDs: injected.map(\.id.text)))
            }
            guard run.isMultiple(of: gateEvery) else { continue }
            let report = try await evaluateRetention(in: store, ledger: ledger, policy)
            result.note(report, run)
        }
        return result
    }

    private func fact(_ lesson: Lesson) -> SemanticFact {
        let start = Date(memoryMilliseconds: 1_767_225_600_000)
        return SemanticFact(
            id: lesson.id, content: "lesson \(lesson.id.text)",
            provenance: Provenance(source: .system, createdAt: start),
            validFrom: start.addingTimeInterval(Double(lesson.arrivesAtRun)),
            tags: ["lesson", "gate-sim", policy.candidateTag])
    }
}

extension GateSimulation.Result {
    /// Takes a pass over: the first decision about a lesson counts.
    fileprivate mutating func note(_ report: RetentionReport, _ run: Int) {
        gateReports.append(GateSimulation.Pass(afterRun: run, report: report))
        let promoted = Set(report.promoted.map(\.factID))
        let evicted = Dictionary(report.evicted.map { ($0.factID, $0.reason) }) { first, _ in first }
        for index in lessons.indices where lessons[index].decidedAtRun == nil {
            let id = lessons[index].lesson.id
            if promoted.contains(id) {
                lessons[index].outcome = .promoted
            } else if let reason = evicted[id] {
                lessons[index].outcome = .evicted
                lessons[index].reason = reason
            } else {
                continue
            }
            lessons[index].decidedAtRun = run
        }
    }
}
