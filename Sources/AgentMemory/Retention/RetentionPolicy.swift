public import JSONModel
public import StoreContracts

/// By which rules the gate decides.
public struct RetentionPolicy: Hashable, Sendable {
    /// How a candidate is judged.
    public enum DecisionRule: String, Hashable, Sendable, CaseIterable {
        /// By Welch's test, against the chance that noise looks like an effect.
        case inference
        /// By the difference of the means alone.
        case margin
    }

    /// How the candidates of one pass share the risk of error.
    public enum MultipleComparison: String, Hashable, Sendable, CaseIterable {
        /// Benjamini and Hochberg's procedure.
        case benjaminiHochberg = "bh"
        /// Each for itself.
        case none
    }

    /// How the looks of many passes share the risk of error.
    public enum SequentialControl: String, Hashable, Sendable, CaseIterable {
        /// p values are doubled with every doubling of the baseline.
        case doubling
        /// Each pass for itself.
        case none
    }

    /// Below so many trials a candidate is held; at least 1.
    public var minTrials = 3
    /// By how much a lesson must help.
    public var promoteMargin = 0.05
    /// By how much a lesson must harm.
    public var evictMargin = 0.05
    /// The tag of candidates.
    public var candidateTag = MemoryTag.candidate
    /// The tag that promoted lessons get.
    public var verifiedTag = MemoryTag.verified
    /// At so many trials an undecided candidate is evicted; nil: never.
    public var maxTrials: Int?
    /// At so many runs without it an undecided candidate is evicted; nil: never.
    public var maxBaselineRuns: Int?
    /// How a candidate is judged.
    public var decisionRule = DecisionRule.inference
    /// How sure a promotion must be, 0.5 to 0.999.
    public var promoteConfidence = 0.9
    /// How sure an eviction must be, 0.5 to 0.999.
    public var evictConfidence = 0.9
    /// The least standard deviation that is believed.
    public var noiseFloorSd = 0.1
    /// How the candidates of one pass share the risk of error.
    public var multipleComparison = MultipleComparison.benjaminiHochberg
    /// How the looks of many passes share the risk of error.
    public var sequentialControl = SequentialControl.doubling

    /// The usual.
    public init() {}

    /// Reads the JSON form, with keys in camelCase or snake_case.
    ///
    /// - Throws: `invalidArgument` for a value out of its range, and for a key that is not known.
    public init(json: JSONValue) throws(StoreError) {
        let object = try JSONObject(
            RecordFields(json).members.map { (Self.camelCase($0.key), $0.value) })
        for key in object.keys where !Self.keys.contains(key) {
            throw RecordFields.fault(key, "there is no such rule")
        }
        let fields = try RecordFields(.object(object))
        self.init()
        minTrials = try fields.integer("minTrials") ?? minTrials
        promoteMargin = try fields.double("promoteMargin") ?? promoteMargin
        evictMargin = try fields.double("evictMargin") ?? evictMargin
        candidateTag = try fields.text("candidateTag") ?? candidateTag
        verifiedTag = try fields.text("verifiedTag") ?? verifiedTag
        maxTrials = try fields.integer("maxTrials")
        maxBaselineRuns = try fields.integer("maxBaselineRuns")
        decisionRule = try fields.choice("decisionRule") ?? decisionRule
        promoteConfidence = try fields.double("promoteConfidence") ?? promoteConfidence
        evictConfidence = try fields.double("evictConfidence") ?? evictConfidence
        noiseFloorSd = try fields.double("noiseFloorSd") ?? noiseFloorSd
        multipleComparison = try fields.choice("multipleComparison") ?? multipleComparison
        sequentialControl = try fields.choice("sequentialControl") ?? sequentialControl
        try validate()
    }

    private static let keys: Set<String> = [
        "minTrials", "promoteMargin", "evictMargin", "candidateTag", "verifiedTag", "maxTrials",
        "maxBaselineRuns", "decisionRule", "promoteConfidence", "evictConfidence", "noiseFloorSd",
        "multipleComparison", "sequentialControl",
    ]

    private static func camelCase(_ key: String) -> String {
        let words = key.split(separator: "_")
        guard words.count > 1 else { return key }
        return words[0] + words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }

    /// Checks the ranges.
    ///
    /// - Throws: `invalidArgument` with the rule.
    public func validate() throws(StoreError) {
        func check(_ isGood: Bool, _ name: String, _ cause: String) throws(StoreError) {
            guard isGood else { throw RecordFields.fault(name, cause) }
        }
        try check(minTrials >= 1, "minTrials", "it is below 1")
        try check(promoteMargin >= 0 && promoteMargin.isFinite, "promoteMargin", "it is below 0")
        try check(evictMargin >= 0 && evictMargin.isFinite, "evictMargin", "it is below 0")
        try check(!candidateTag.isEmpty, "candidateTag", "it is empty")
        try check(!verifiedTag.isEmpty, "verifiedTag", "it is empty")
        try check(verifiedTag != candidateTag, "verifiedTag", "it is the candidates' tag")
        if let maxTrials { try check(maxTrials >= minTrials, "maxTrials", "it is below minTrials") }
        if let maxBaselineRuns { try check(maxBaselineRuns >= 2, "maxBaselineRuns", "it is below 2") }
        for (name, value) in [
            ("promoteConfidence", promoteConfidence), ("evictConfidence", evictConfidence),
        ] {
            try check((0.5...0.999).contains(value), name, "it does not lie in 0.5...0.999")
        }
        try check(noiseFloorSd >= 0 && noiseFloorSd.isFinite, "noiseFloorSd", "it is below 0")
    }
}
