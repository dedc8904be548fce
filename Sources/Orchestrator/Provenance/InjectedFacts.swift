/// Returns which facts were given to which node execution of a run, oldest first.
public func lessonProvenance(in state: WorkflowState) -> [LessonProvenanceEntry] {
    state.lessonProvenanceEntries
}

/// The same as ``lessonProvenance(in:)``, under its name on other platforms.
public func getLessonProvenance(_ state: WorkflowState) -> [LessonProvenanceEntry] {
    state.lessonProvenanceEntries
}

/// Returns the ids of all facts that were given to nodes of a run, oldest first, each once.
///
/// Feeds the outcome ledger once the run has an outcome.
public func injectedFactIDs(in state: WorkflowState) -> [String] {
    var seen: Set<String> = []
    return state.lessonProvenanceEntries.flatMap(\.factIDs).filter { seen.insert($0).inserted }
}

/// The same as ``injectedFactIDs(in:)``, under its name on other platforms.
public func getInjectedFactIds(_ state: WorkflowState) -> [String] {
    injectedFactIDs(in: state)
}
