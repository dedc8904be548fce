/// Says why a stored state could not be loaded.
public enum WorkflowHydrationError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The stored value is not a JSON object.
    case notAnObject
    /// The state was written by a newer engine; update this one.
    case newerVersion(found: Int, supported: Int)
    /// No migration leads from this version to the current one.
    case unsupportedVersion(Int)
    /// A field is missing or has the wrong shape.
    case invalid(WorkflowShapeError)

    /// The reason and what to do, in one line.
    public var description: String {
        switch self {
        case .notAnObject:
            "a workflow state must be a JSON object"
        case .newerVersion(let found, let supported):
            "the state has schema version \(found), written by a newer engine; this one reads up to "
                + "\(supported): update it"
        case .unsupportedVersion(let version):
            "no migration leads from state schema version \(version) to \(WorkflowState.currentSchemaVersion)"
        case .invalid(let error):
            "invalid workflow state: \(error)"
        }
    }
}
