public import JSONModel

/// What a handler found, which the runner turns into an action of the log.
public struct NodeOutcome: Sendable {
    /// What is to happen to the state.
    public enum Effect: Sendable {
        /// Merge these keys into the memory.
        case updates(JSONObject)
        /// Write a text: under the node's default write key, its only write key, or `<id>_output`.
        case text(String)
        /// Write a value under `<id>_result`; the only thing that tools write.
        case result(JSONValue)
        /// A supervisor's choice of the next node.
        case handoff(to: String, reasoning: String, memoryUpdates: JSONObject = [:])
        /// End the run with success.
        case complete(reason: String)
        /// Go to a node, whatever the edges say.
        case goto(String)
        /// Pause the run.
        case requestHumanInput(HumanInputRequest)
    }

    /// What is to happen to the state.
    public var effect: Effect
    /// What the execution used.
    public var usage: NodeUsage?
    /// The tools that were called.
    public var toolExecutions: [ToolExecution]
    /// The ids of the retrieved facts that the execution was given.
    public var injectedFactIDs: [String]
    /// What would undo this step; recorded if the node requires compensation.
    public var compensation: Compensation?

    /// Creates an outcome.
    public init(
        _ effect: Effect, usage: NodeUsage? = nil, toolExecutions: [ToolExecution] = [],
        injectedFactIDs: [String] = [], compensation: Compensation? = nil
    ) {
        self.effect = effect
        self.usage = usage
        self.toolExecutions = toolExecutions
        self.injectedFactIDs = injectedFactIDs
        self.compensation = compensation
    }

    /// Merges keys into the memory.
    public static func updates(_ updates: JSONObject, usage: NodeUsage? = nil) -> NodeOutcome {
        NodeOutcome(.updates(updates), usage: usage)
    }

    /// Writes a text under the node's key.
    public static func text(_ text: String, usage: NodeUsage? = nil) -> NodeOutcome {
        NodeOutcome(.text(text), usage: usage)
    }

    /// Writes the result of a tool.
    public static func result(_ value: JSONValue, usage: NodeUsage? = nil) -> NodeOutcome {
        NodeOutcome(.result(value), usage: usage)
    }

    /// Hands over to a managed node.
    public static func handoff(to node: String, reasoning: String, usage: NodeUsage? = nil) -> NodeOutcome {
        NodeOutcome(.handoff(to: node, reasoning: reasoning), usage: usage)
    }

    /// Ends the run with success.
    public static func complete(reason: String, usage: NodeUsage? = nil) -> NodeOutcome {
        NodeOutcome(.complete(reason: reason), usage: usage)
    }
}
