public import FoundationEssentials
package import JSONModel
import StoreContracts

/// What a decision of the gate rests on.
public struct GateEvidence: Hashable, Sendable {
    /// How much better the runs with the fact did.
    public var lift: Double
    /// The standard error of the lift.
    public var standardError: Double
    /// The degrees of freedom; infinite if the standard error is 0.
    public var degrees: Double
    /// The probability that the fact helps by more than the margin.
    public var pPromote: Double
    /// The probability that it harms by more than the margin.
    public var pEvict: Double
    /// How many runs had the fact.
    public var trials: Int
    /// How many had not.
    public var baselineRuns: Int
    /// The power of two by which p values were multiplied; nil without sequential control.
    public var alphaBracket: Int?

    /// Describes evidence.
    public init(
        lift: Double, standardError: Double, degrees: Double, pPromote: Double, pEvict: Double, trials: Int,
        baselineRuns: Int, alphaBracket: Int?
    ) {
        self.lift = lift
        self.standardError = standardError
        self.degrees = degrees
        self.pPromote = pPromote
        self.pEvict = pEvict
        self.trials = trials
        self.baselineRuns = baselineRuns
        self.alphaBracket = alphaBracket
    }

    /// The stored form; infinite degrees are the string `Infinity`.
    package var json: JSONValue {
        var object: JSONObject = [
            "lift": .number(lift), "se": .number(standardError),
            "df": degrees.isFinite ? .number(degrees) : "Infinity", "p_promote": .number(pPromote),
            "p_evict": .number(pEvict), "trials": .number(trials), "baseline_runs": .number(baselineRuns),
        ]
        object.write(alphaBracket.map { .number($0) }, as: "alpha_bracket")
        return .object(object)
    }

    /// Reads the stored form; nil for any other shape.
    ///
    /// Null degrees, as the original writes infinity, are infinite.
    package init?(json: JSONValue) {
        guard let lift = json["lift"]?.doubleValue, let error = json["se"]?.doubleValue,
            let pPromote = json["p_promote"]?.doubleValue, let pEvict = json["p_evict"]?.doubleValue,
            let trials = json["trials"]?.intValue, let runs = json["baseline_runs"]?.intValue
        else { return nil }
        self.init(
            lift: lift, standardError: error, degrees: json["df"]?.doubleValue ?? .infinity,
            pPromote: pPromote, pEvict: pEvict, trials: trials, baselineRuns: runs,
            alphaBracket: json["alpha_bracket"]?.intValue)
    }
}

/// What a pass of the gate decided, in the order in which the candidates were read.
public struct RetentionReport: Hashable, Sendable {
    /// Why a fact is evicted.
    public enum Reason: String, Hashable, Sendable, CaseIterable {
        /// Runs with it did worse.
        case harmful = "eval-gate:harmful"
        /// It was tried long enough and did not help.
        case noLift = "eval-gate:no_lift"
    }

    /// A fact that helps.
    public struct Promotion: Hashable, Sendable {
        /// The fact.
        public var factID: UUID
        /// What the decision rests on; nil under the margin rule.
        public var evidence: GateEvidence?

        /// Describes a promotion.
        public init(factID: UUID, evidence: GateEvidence?) {
            self.factID = factID
            self.evidence = evidence
        }
    }

    /// A fact that was made void.
    public struct Eviction: Hashable, Sendable {
        /// The fact.
        public var factID: UUID
        /// Why.
        public var reason: Reason
        /// What the decision rests on; nil if it could not be tested.
        public var evidence: GateEvidence?

        /// Describes an eviction.
        public init(factID: UUID, reason: Reason, evidence: GateEvidence?) {
            self.factID = factID
            self.reason = reason
            self.evidence = evidence
        }
    }

    /// A fact that stays a candidate.
    public struct Hold: Hashable, Sendable {
        /// The fact.
        public var factID: UUID
        /// In how many runs it was tried.
        public var trials: Int
        /// What is known of it; nil if it could not be tested.
        public var evidence: GateEvidence?

        /// Describes a fact on hold.
        public init(factID: UUID, trials: Int, evidence: GateEvidence?) {
            self.factID = factID
            self.trials = trials
            self.evidence = evidence
        }
    }

    /// The facts that help.
    public var promoted: [Promotion] = []
    /// The facts that were made void.
    public var evicted: [Eviction] = []
    /// The facts that stay candidates.
    public var held: [Hold] = []

    /// Starts from nothing.
    public init() {}

    /// Whether there was no candidate.
    public var isEmpty: Bool { promoted.isEmpty && evicted.isEmpty && held.isEmpty }

    /// The rows of the log, in order; ids ascend with them.
    package func rows(at instant: Date, passID: UUID, nextID: () -> UUID) -> [GateDecision] {
        let decisions =
            promoted.map {
                (
                    GateDecision.Verdict.promoted, $0.factID, String?.none, $0.evidence, $0.evidence?.trials
                )
            }
            + evicted.map { (.evicted, $0.factID, $0.reason.rawValue, $0.evidence, $0.evidence?.trials) }
            + held.map { (.held, $0.factID, nil, $0.evidence, $0.trials) }
        let ids = decisions.map { _ in nextID() }.sorted { $0.text < $1.text }
        return zip(ids, decisions).map { id, decision in
            GateDecision(
                id: id, factID: decision.1.text, decision: decision.0, reason: decision.2,
                evidence: decision.3, trials: decision.4, gatedAt: instant.memoryPrecision, passID: passID)
        }
    }
}
