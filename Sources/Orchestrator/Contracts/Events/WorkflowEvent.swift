public import FoundationEssentials
public import JSONModel
public import StoreContracts

/// An event of the log of a run.
public struct WorkflowEvent: Hashable, Sendable {
    /// The id that the writer made.
    public var id: UUID
    /// The run that the event belongs to.
    public var runID: UUID
    /// The place in the log of the run.
    public var sequenceID: Int
    /// What the event records.
    public var eventType: WorkflowEventType
    /// The node concerned.
    public var nodeID: String?
    /// The action in wire form, as it was appended.
    public var action: JSONValue?
    /// The internal transition, as `_advance`.
    public var internalType: String?
    /// The payload of the internal transition or marker.
    public var internalPayload: JSONValue?
    /// When the store took the event.
    public var createdAt: Date
    /// The tenant that owns the row.
    public var tenantID: TenantID

    /// Creates the record of an appended event.
    public init(_ event: NewWorkflowEvent, createdAt: Date, tenantID: TenantID = .seed) {
        id = event.id
        runID = event.runID
        sequenceID = event.sequenceID
        eventType = event.eventType
        nodeID = event.nodeID
        action = event.action
        internalType = event.internalType
        internalPayload = event.internalPayload
        self.createdAt = createdAt
        self.tenantID = tenantID
    }

    /// The event as it was appended.
    public var appended: NewWorkflowEvent {
        NewWorkflowEvent(
            id: id, runID: runID, sequenceID: sequenceID, eventType: eventType, nodeID: nodeID,
            action: action, internalType: internalType, internalPayload: internalPayload)
    }
}
