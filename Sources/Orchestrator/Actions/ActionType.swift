/// Names what an action does; the raw value is the wire name.
///
/// Open: a type that this version does not know can be read, and its action leaves every state unchanged.
public struct ActionType: RawRepresentable, Sendable, Hashable {
    /// The wire name.
    public var rawValue: String

    /// Names a type.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// Merges updates into the shared memory.
    public static let updateMemory = ActionType(rawValue: "update_memory")
    /// Changes the run's status.
    public static let setStatus = ActionType(rawValue: "set_status")
    /// Moves the run to a node.
    public static let gotoNode = ActionType(rawValue: "goto_node")
    /// Hands the run from a supervisor to one of its nodes.
    public static let handoff = ActionType(rawValue: "handoff")
    /// Pauses the run until a person decides.
    public static let requestHumanInput = ActionType(rawValue: "request_human_input")
    /// Applies a person's decision.
    public static let resumeFromHuman = ActionType(rawValue: "resume_from_human")
    /// Merges the results of parallel workers.
    public static let mergeParallelResults = ActionType(rawValue: "merge_parallel_results")
}
