package import JSONModel

/// Pairs an action with the one that would undo it.
public struct CompensationEntry: Sendable, Equatable {
    /// The action to undo.
    public var actionID: String
    /// What undoes it.
    public var compensation: Compensation

    /// Creates an entry from its fields.
    public init(actionID: String, compensation: Compensation) {
        self.actionID = actionID
        self.compensation = compensation
    }
}

extension CompensationEntry: JSONConvertible {
    package init(json: JSONValue) throws(WorkflowShapeError) {
        var fields = try FieldReader(json)
        actionID = try fields.required("action_id")
        compensation = try fields.required("compensation_action")
    }

    package var json: JSONValue {
        var fields = FieldWriter()
        fields.write(actionID, as: "action_id")
        fields.write(compensation, as: "compensation_action")
        return fields.json
    }
}
