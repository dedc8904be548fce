import FoundationEssentials
import JSONModel
import StoreContracts

extension StoreTables {
    /// Which of the events are not stored yet.
    ///
    /// - Throws: `eventSequenceConflict` if another event holds a place or an id.
    func newEvents(among events: [NewWorkflowEvent]) throws(StoreError) -> [NewWorkflowEvent] {
        var fresh: [NewWorkflowEvent] = []
        var seen: [UUID: NewWorkflowEvent] = [:]
        var taken: [UUID: Set<Int>] = [:]
        for event in events {
            guard event.sequenceID >= 0 else {
                throw StoreError(.invalidArgument(name: "sequence_id"), cause: "it is negative")
            }
            let conflict = StoreError(
                .eventSequenceConflict(runID: event.runID, sequenceID: event.sequenceID))
            if let stored = self.events.event(event.runID, at: event.sequenceID) {
                guard stored.appended == event.throughText else { throw conflict }
                continue
            }
            guard self.events.place(of: event.id) == nil else { throw conflict }
            if let earlier = seen[event.id] {
                guard earlier == event else { throw conflict }
                continue
            }
            guard taken[event.runID, default: []].insert(event.sequenceID).inserted else { throw conflict }
            seen[event.id] = event
            fresh.append(event.throughText)
        }
        return fresh
    }

    mutating func insertEvents(_ events: [NewWorkflowEvent], tenant: TenantID, now: Date) {
        for event in events {
            self.events.insert(WorkflowEvent(event, createdAt: now, tenantID: tenant))
        }
    }

    mutating func append(
        _ events: [NewWorkflowEvent], claim: RunClaim?, tenant: TenantID, now: Date
    ) throws(StoreError) {
        for event in events {
            try assertClaim(claim, runID: event.runID, table: "workflow_events")
            _ = try runForWrite(event.runID, tenant: tenant, table: "workflow_events")
        }
        insertEvents(try newEvents(among: events), tenant: tenant, now: now)
    }

    func loadEvents(_ runID: UUID, after sequenceID: Int, limit: Int?, tenant: TenantID) -> [WorkflowEvent] {
        guard run(runID, tenant: tenant) != nil, sequenceID < Int.max else { return [] }
        return Array(events.events(runID, from: sequenceID + 1).prefix(max(0, limit ?? .max)))
    }

    /// The greatest sequence among events and checkpoints.
    func latestSequence(_ runID: UUID, tenant: TenantID) -> Int {
        guard run(runID, tenant: tenant) != nil else { return -1 }
        return max(
            events.log(runID).last?.sequenceID ?? -1, checkpoints[runID]?.last?.sequenceID ?? -1)
    }

    /// The greatest sequence among events, checkpoints and the newest snapshot's mark.
    func latestKnownSequence(_ runID: UUID, tenant: TenantID) -> Int {
        guard run(runID, tenant: tenant) != nil else { return -1 }
        return max(latestSequence(runID, tenant: tenant), states[runID]?.last?.mark ?? -1)
    }

    mutating func compact(_ runID: UUID, through sequenceID: Int) throws(StoreError) -> Int {
        guard let first = events.log(runID).first, first.sequenceID <= sequenceID else { return 0 }
        let checkpoint = checkpoints[runID]?.last?.sequenceID
        guard let checkpoint, sequenceID <= checkpoint else {
            throw StoreError(
                .compactionBeyondCheckpoint(runID: runID, through: sequenceID, checkpoint: checkpoint))
        }
        return events.remove(runID, through: sequenceID)
    }
}

extension NewWorkflowEvent {
    /// This event after its values were written and read again.
    var throughText: NewWorkflowEvent {
        var event = self
        event.action = action?.throughText
        event.internalPayload = internalPayload?.throughText
        return event
    }
}
