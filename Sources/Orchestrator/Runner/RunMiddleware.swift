/// Hooks around the steps of a run, for policies that hold for every node.
///
/// Middleware runs in the order of registration. An error of a hook counts as the node's failure.
public struct RunMiddleware: Sendable {
    /// Runs before each attempt of a node; an outcome takes the place of the handler's, and of later middleware.
    public var beforeNodeExecute: (@Sendable (NodeContext) async throws -> NodeOutcome?)?
    /// Runs after a node; the action that it returns takes the place of the node's.
    public var afterNodeExecute: (@Sendable (NodeContext, WorkflowAction) async throws -> WorkflowAction)?
    /// Sees the state after an action was applied, before the step is committed.
    public var afterReduce: (@Sendable (WorkflowAction, WorkflowState) -> Void)?
    /// Runs before the run advances along an edge; a node of the graph takes the place of the edge's target.
    public var beforeAdvance: (@Sendable (_ from: String, _ to: String, WorkflowState) -> String?)?

    /// Creates middleware; an absent hook does nothing.
    public init(
        beforeNodeExecute: (@Sendable (NodeContext) async throws -> NodeOutcome?)? = nil,
        afterNodeExecute: (@Sendable (NodeContext, WorkflowAction) async throws -> WorkflowAction)? = nil,
        afterReduce: (@Sendable (WorkflowAction, WorkflowState) -> Void)? = nil,
        beforeAdvance: (@Sendable (_ from: String, _ to: String, WorkflowState) -> String?)? = nil
    ) {
        self.beforeNodeExecute = beforeNodeExecute
        self.afterNodeExecute = afterNodeExecute
        self.afterReduce = afterReduce
        self.beforeAdvance = beforeAdvance
    }
}
