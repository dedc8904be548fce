public import FoundationEssentials

/// A row of the log of what the gate decided.
public struct GateDecision: Hashable, Sendable, Identifiable {
    /// What the gate can decide.
    public enum Verdict: String, Hashable, Sendable, CaseIterable {
        case promoted
        case evicted
        case held
    }

    /// The id; later decisions have greater ones.
    public var id: UUID
    /// The fact.
    public var factID: String
    /// What was decided.
    public var decision: Verdict
    /// Why it was evicted.
    public var reason: String?
    /// What the decision rests on.
    public var evidence: GateEvidence?
    /// In how many runs the fact was tried.
    public var trials: Int?
    /// When it was decided.
    public var gatedAt: Date
    /// The pass; nil in rows of other writers.
    public var passID: UUID?

    /// Makes a row.
    public init(
        id: UUID, factID: String, decision: Verdict, reason: String? = nil, evidence: GateEvidence? = nil,
        trials: Int? = nil, gatedAt: Date, passID: UUID? = nil
    ) {
        self.id = id
        self.factID = factID
        self.decision = decision
        self.reason = reason
        self.evidence = evidence
        self.trials = trials
        self.gatedAt = gatedAt
        self.passID = passID
    }
}

/// Which decisions to list.
public struct GateDecisionFilter: Hashable, Sendable {
    /// Only about this fact.
    public var factID: String?
    /// Only with this verdict.
    public var decision: GateDecision.Verdict?
    /// Only for this reason.
    public var reason: String?
    /// Only from this instant on.
    public var since: Date?

    /// Admits every decision, unless narrowed.
    public init(
        factID: String? = nil, decision: GateDecision.Verdict? = nil, reason: String? = nil,
        since: Date? = nil
    ) {
        self.factID = factID
        self.decision = decision
        self.reason = reason
        self.since = since
    }

    func admits(_ row: GateDecision) -> Bool {
        if let factID, row.factID != factID { return false }
        if let decision, row.decision != decision { return false }
        if let reason, row.reason != reason { return false }
        if let since, row.gatedAt < since { return false }
        return true
    }
}
