internal import FoundationEssentials
internal import JSONModel
internal import Orchestrator
internal import PostgresWire
internal import StoreContracts

extension WorkflowEvent {
    /// The rows of a result with the columns `EventSQL.columns`.
    static func read(_ rows: PostgresRows) throws(StoreError) -> [WorkflowEvent] {
        let tuples = try rows.stored(
            (UUID, UUID, Int, String, String?, JSONValue?, String?, JSONValue?, Date, UUID).self,
            in: "workflow_events")
        return tuples.map { row in
            WorkflowEvent(
                NewWorkflowEvent(
                    id: row.0, runID: row.1, sequenceID: row.2,
                    eventType: WorkflowEventType(rawValue: row.3), nodeID: row.4, action: row.5,
                    internalType: row.6, internalPayload: row.7),
                createdAt: row.8, tenantID: TenantID(row.9))
        }
    }
}

extension NewWorkflowEvent {
    /// This event without the characters that the database cannot hold.
    var storable: NewWorkflowEvent {
        var event = self
        event.nodeID = nodeID?.withoutZero
        event.internalType = internalType?.withoutZero
        event.action = action?.storable
        event.internalPayload = internalPayload?.storable
        return event
    }
}
