public import FoundationEssentials

/// Records which facts are given to a node execution; nil if there is nothing to record.
///
/// Make it when the action is made, and carry it in the action's payload, so that a replay reproduces it.
///
/// - Parameters:
///   - factIDs: The retrieved facts' ids in order; empty ones are left out.
///   - nodeID: The node that receives them.
///   - agentID: The agent that receives them, if one does.
///   - key: A fresh id for the entry.
///   - retrievedAt: When they were retrieved.
/// - Returns: One entry under its key, ready for `lesson_provenance`.
public func mintLessonProvenance(
    factIDs: [String], nodeID: String, agentID: String? = nil, key: UUID = UUID(), retrievedAt: Date
) -> [String: LessonProvenanceEntry]? {
    let known = factIDs.filter { !$0.isEmpty }
    guard !known.isEmpty else { return nil }
    let entry = LessonProvenanceEntry(
        nodeID: nodeID, agentID: agentID, factIDs: known, retrievedAt: retrievedAt.wireText)
    return [key.uuidString.lowercased(): entry]
}
