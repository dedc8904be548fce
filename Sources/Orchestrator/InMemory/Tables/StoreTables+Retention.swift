import FoundationEssentials
import StoreContracts

extension StoreTables {
    /// The finished runs without a job that waits or is executed.
    var settledRuns: [WorkflowRunRecord] {
        let live = Set(
            jobs.all.values.filter { $0.status == .waiting || $0.status == .active }.map(\.runID))
        return runs.values.filter { $0.status?.isTerminal == true && !live.contains($0.id) }
    }

    /// Moves a run out of the tables; its usage stays, without the run's id.
    mutating func freeze(_ run: WorkflowRunRecord, in archive: String, now: Date) {
        let id = run.id
        let own = jobs.all.values.filter { $0.runID == id }
        let used = usage.values.filter { $0.record.runID == id }.map(\.record.id)
        coldRuns.append(
            ColdRun(
                archive: archive, frozenAt: now, run: run, graph: graphs[run.graphID],
                states: states[id] ?? [], events: events.log(id),
                checkpoints: checkpoints[id] ?? [], jobs: own, usage: used,
                children: runs.values.filter { $0.lineage.parentRunID == id }.map(\.id)))
        for record in used { usage[record]?.record.runID = nil }
        for job in own { jobs.remove(job.id) }
        removeRun(id)
    }

    /// Brings a run back, archived as of now and without its parent.
    mutating func thaw(_ cold: ColdRun, now: Date) {
        let id = cold.run.id
        var run = cold.run
        run.archivedAt = now
        run.lineage.parentRunID = nil
        if let graph = cold.graph, graphs[graph.id] == nil { graphs[graph.id] = graph }
        runs[id] = run
        states[id] = cold.states
        checkpoints[id] = cold.checkpoints
        for event in cold.events { events.insert(event) }
        for job in cold.jobs { jobs.store(job) }
        for record in cold.usage where usage[record]?.record.runID == nil {
            usage[record]?.record.runID = id
        }
    }

    /// Sets the links between a run that came back and its parent and children, where these are there.
    mutating func relink(_ cold: ColdRun) {
        if let parent = cold.run.lineage.parentRunID, runs[parent]?.tenantID == cold.run.tenantID {
            runs[cold.run.id]?.lineage.parentRunID = parent
        }
        for child in cold.children where runs[child]?.lineage.parentRunID == nil {
            runs[child]?.lineage.parentRunID = cold.run.id
        }
    }
}

extension StoreTables.ColdRun {
    /// How many rows the run has in its archive, its graph apart, which it shares with others.
    var rowCount: Int {
        1 + states.count + events.count + checkpoints.count + jobs.count + usage.count + children.count
    }
}
