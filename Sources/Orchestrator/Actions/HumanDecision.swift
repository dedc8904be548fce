package import JSONModel

/// Names what a person decided; the raw value is the wire name.
public struct HumanDecision: RawRepresentable, Sendable, Hashable {
    /// The wire name.
    public var rawValue: String

    /// Names a decision.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// Go on.
    public static let approved = HumanDecision(rawValue: "approved")
    /// Do not go on.
    public static let rejected = HumanDecision(rawValue: "rejected")
    /// Go on with the given changes; routed like ``approved``.
    public static let edited = HumanDecision(rawValue: "edited")
}

extension HumanDecision: JSONConvertible {
    package init(json: JSONValue) throws(WorkflowShapeError) {
        rawValue = try String(json: json)
    }

    package var json: JSONValue { .string(rawValue) }
}
