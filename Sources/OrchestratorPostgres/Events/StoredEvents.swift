internal import FoundationEssentials
internal import Orchestrator
internal import StoreContracts

/// What the log holds under the ids and at the places of events that were to be appended.
struct StoredEvents: Sendable {
    private struct Place: Hashable {
        var runID: UUID
        var sequenceID: Int

        init(_ event: NewWorkflowEvent) {
            runID = event.runID
            sequenceID = event.sequenceID
        }
    }

    private var byPlace: [Place: NewWorkflowEvent] = [:]
    private var ids: Set<UUID> = []

    init(_ events: [WorkflowEvent]) {
        for event in events.map(\.appended) {
            byPlace[Place(event)] = event
            ids.insert(event.id)
        }
    }

    /// Which of the events are not in the log yet.
    ///
    /// - Throws: `eventSequenceConflict` if another event holds a place or an id.
    func fresh(among events: [NewWorkflowEvent]) throws(StoreError) -> [NewWorkflowEvent] {
        var fresh: [NewWorkflowEvent] = []
        var seen: [UUID: NewWorkflowEvent] = [:]
        var taken: Set<Place> = []
        for event in events {
            let conflict = StoreError(
                .eventSequenceConflict(runID: event.runID, sequenceID: event.sequenceID))
            if let stored = byPlace[Place(event)] {
                guard stored == event else { throw conflict }
                continue
            }
            guard !ids.contains(event.id) else { throw conflict }
            if let earlier = seen[event.id] {
                guard earlier == event else { throw conflict }
                continue
            }
            guard taken.insert(Place(event)).inserted else { throw conflict }
            seen[event.id] = event
            fresh.append(event)
        }
        return fresh
    }
}
