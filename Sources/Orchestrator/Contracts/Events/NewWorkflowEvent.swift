public import FoundationEssentials
public import JSONModel

/// An event that is to be appended: everything but the instant, which the store gives.
///
/// The id is made by the writer before sending. Appending the same event again is therefore recognised and succeeds.
public struct NewWorkflowEvent: Hashable, Sendable {
    /// The id, made by the writer.
    public var id: UUID
    /// The run that the event belongs to.
    public var runID: UUID
    /// The place in the log of the run: contiguous from 0.
    public var sequenceID: Int
    /// What the event records.
    public var eventType: WorkflowEventType
    /// The node concerned; for children a path as `map/3`.
    public var nodeID: String?
    /// The action in wire form, stored and returned as it is.
    public var action: JSONValue?
    /// The internal transition, as `_advance`.
    public var internalType: String?
    /// The payload of the internal transition or marker.
    public var internalPayload: JSONValue?

    /// Creates an event.
    public init(
        id: UUID, runID: UUID, sequenceID: Int, eventType: WorkflowEventType, nodeID: String? = nil,
        action: JSONValue? = nil, internalType: String? = nil, internalPayload: JSONValue? = nil
    ) {
        self.id = id
        self.runID = runID
        self.sequenceID = sequenceID
        self.eventType = eventType
        self.nodeID = nodeID
        self.action = action
        self.internalType = internalType
        self.internalPayload = internalPayload
    }
}
