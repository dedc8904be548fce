/// What an event of the log records.
///
/// Any text is stored and comes back, so types of a newer engine survive; the nine known ones have names here.
public struct WorkflowEventType: RawRepresentable, Hashable, Sendable {
    /// The wire name.
    public let rawValue: String

    /// Names a type by its wire name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Written once per run, with the configuration that a replay without a snapshot starts from.
    public static let workflowStarted = Self(rawValue: "workflow_started")
    /// The node is scheduled to execute; after a crash the same node gets a second one.
    public static let nodeStarted = Self(rawValue: "node_started")
    /// An action was applied to the state.
    public static let actionDispatched = Self(rawValue: "action_dispatched")
    /// A transition of the runner itself was applied to the state.
    public static let internalDispatched = Self(rawValue: "internal_dispatched")
    /// Never written here; other engines may.
    public static let statePersisted = Self(rawValue: "state_persisted")
    /// A child run started; replay of the parent ignores it.
    public static let childWorkflowStarted = Self(rawValue: "child_workflow_started")
    /// A node of a child started; replay of the parent ignores it.
    public static let childNodeStarted = Self(rawValue: "child_node_started")
    /// A child, as an item of a map, finished; re-execution of the map takes its result, replay ignores it.
    public static let childActionDispatched = Self(rawValue: "child_action_dispatched")
    /// A transition of a child; replay of the parent ignores it.
    public static let childInternalDispatched = Self(rawValue: "child_internal_dispatched")
}
