public import FoundationEssentials
package import JSONModel

/// Records one delegation by a supervisor node.
public struct SupervisorHandoff: Sendable, Equatable {
    /// The supervisor that decided.
    public var supervisorID: String
    /// The node that it chose.
    public var delegatedTo: String
    /// Its reason, in its own words.
    public var reasoning: String
    /// The run's iteration count at that moment.
    public var iteration: Int
    /// The time of the action.
    public var timestamp: Date

    /// Creates a record from its fields.
    public init(
        supervisorID: String, delegatedTo: String, reasoning: String, iteration: Int, timestamp: Date
    ) {
        self.supervisorID = supervisorID
        self.delegatedTo = delegatedTo
        self.reasoning = reasoning
        self.iteration = iteration
        self.timestamp = timestamp.wholeMilliseconds
    }
}

extension SupervisorHandoff: JSONConvertible {
    package init(json: JSONValue) throws(WorkflowShapeError) {
        var fields = try FieldReader(json)
        supervisorID = try fields.required("supervisor_id")
        delegatedTo = try fields.required("delegated_to")
        reasoning = try fields.required("reasoning")
        iteration = try fields.required("iteration")
        timestamp = try fields.required("timestamp")
    }

    package var json: JSONValue {
        var fields = FieldWriter()
        fields.write(supervisorID, as: "supervisor_id")
        fields.write(delegatedTo, as: "delegated_to")
        fields.write(reasoning, as: "reasoning")
        fields.write(iteration, as: "iteration")
        fields.write(timestamp, as: "timestamp")
        return fields.json
    }
}
