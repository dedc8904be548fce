/// What a runner is given to begin with.
struct RunSeed: Sendable {
    /// The state of a fresh run.
    var state: WorkflowState
    /// The decision for a run that waits.
    var response: HumanResponse?
    /// Names the decision where it does not name itself.
    var responseKey: String?
    /// Whether a run without history is an error.
    var requiresHistory = false
}
