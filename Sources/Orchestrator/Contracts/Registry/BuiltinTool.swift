import JSONModel

/// The tools that the engine brings.
public enum BuiltinTool: String, Hashable, Sendable, CaseIterable {
    /// Writes a value to the memory of the run.
    case saveToMemory = "save_to_memory"
    /// Drafts a workflow.
    case architectDraftWorkflow = "architect_draft_workflow"
    /// Stores a drafted workflow.
    case architectPublishWorkflow = "architect_publish_workflow"
    /// Reads a stored workflow.
    case architectGetWorkflow = "architect_get_workflow"
}

extension BuiltinTool: JSONConvertible {}
