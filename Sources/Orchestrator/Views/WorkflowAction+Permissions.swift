import JSONModel

extension WorkflowAction {
    /// Checks that a node with these grants may do this action.
    ///
    /// Memory updates need a grant for every key that does not start with `_`, or `*`. A change of status needs
    /// `status`, everything that moves or pauses the run `control_flow`. An unknown type is always denied.
    ///
    /// - Parameter writeKeys: The grants, see ``WorkflowGraph/effectiveWriteKeys(of:)``.
    /// - Throws: `PermissionDeniedError` with all that is missing.
    public func checkPermissions(_ writeKeys: [String]) throws(PermissionDeniedError) {
        let needed: [String]
        switch payload {
        case .updateMemory(let updates), .mergeParallelResults(let updates, _):
            needed = writeKeys.contains("*") ? [] : updates.keys.filter { !$0.hasPrefix("_") }
        case .setStatus:
            needed = [Grant.status]
        case .gotoNode, .handoff, .requestHumanInput, .resumeFromHuman:
            needed = [Grant.controlFlow]
        case .unknown:
            throw PermissionDeniedError(nodeID: metadata.nodeID, actionType: type, missing: [])
        }
        let granted = Set(writeKeys)
        let missing = needed.filter { !granted.contains($0) }.sorted()
        if !missing.isEmpty {
            throw PermissionDeniedError(nodeID: metadata.nodeID, actionType: type, missing: missing)
        }
    }
}
