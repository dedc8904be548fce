import FoundationEssentials

/// The events of all runs, found by run and sequence and by id.
package struct EventTable {
    /// By run; sequences ascending.
    private var logs: [UUID: [WorkflowEvent]] = [:]
    private var places: [UUID: (runID: UUID, sequenceID: Int)] = [:]

    /// The events of a run, by sequence ascending.
    func log(_ runID: UUID) -> [WorkflowEvent] { logs[runID] ?? [] }

    /// The index of the first event of the run with a sequence of at least `sequenceID`.
    private func index(_ runID: UUID, from sequenceID: Int) -> Int {
        let log = log(runID)
        var low = 0
        var high = log.count
        while low < high {
            let middle = (low + high) / 2
            if log[middle].sequenceID < sequenceID { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The events of a run from `sequenceID` on.
    func events(_ runID: UUID, from sequenceID: Int) -> ArraySlice<WorkflowEvent> {
        log(runID)[index(runID, from: sequenceID)...]
    }

    /// The event of a run at a place.
    func event(_ runID: UUID, at sequenceID: Int) -> WorkflowEvent? {
        let log = log(runID)
        let index = index(runID, from: sequenceID)
        guard index < log.count, log[index].sequenceID == sequenceID else { return nil }
        return log[index]
    }

    /// Where the event with an id is.
    func place(of id: UUID) -> (runID: UUID, sequenceID: Int)? { places[id] }

    /// Adds an event at a free place.
    mutating func insert(_ event: WorkflowEvent) {
        let index = index(event.runID, from: event.sequenceID)
        logs[event.runID, default: []].insert(event, at: index)
        places[event.id] = (event.runID, event.sequenceID)
    }

    /// Deletes the events of a run up to a sequence; returns how many.
    mutating func remove(_ runID: UUID, through sequenceID: Int) -> Int {
        let count = index(runID, from: sequenceID + 1)
        guard count > 0 else { return 0 }
        for event in log(runID).prefix(count) { places[event.id] = nil }
        logs[runID]?.removeFirst(count)
        return count
    }
}
