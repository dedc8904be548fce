import FoundationEssentials
import StoreContracts

/// The jobs of a queue, with the waiting ones in the order of claiming.
package struct JobTable {
    private struct WaitingKey {
        let priority: Int
        let createdAt: Date
        let id: UUID

        init(_ job: WorkflowJob) {
            priority = job.priority
            createdAt = job.createdAt
            id = job.id
        }

        func precedes(_ other: WaitingKey) -> Bool {
            if priority != other.priority { return priority < other.priority }
            if createdAt != other.createdAt { return createdAt < other.createdAt }
            return id.text < other.id.text
        }
    }

    private(set) var all: [UUID: WorkflowJob] = [:]
    private var waiting: [WaitingKey] = []
    private var activeByRun: [UUID: Int] = [:]

    /// The waiting jobs in the order of claiming.
    var waitingJobs: [WorkflowJob] { waiting.compactMap { all[$0.id] } }

    /// The ids of the waiting jobs in the order of claiming.
    var waitingIDs: [UUID] { waiting.map(\.id) }

    /// The job with an id.
    subscript(id: UUID) -> WorkflowJob? { all[id] }

    /// Whether the run has an active job.
    func hasActiveJob(runID: UUID) -> Bool { activeByRun[runID] != nil }

    /// Stores a job in place of the one with its id, if there is one.
    mutating func store(_ job: WorkflowJob) {
        if let old = all[job.id] { leave(old) }
        all[job.id] = job
        switch job.status {
        case .waiting:
            let key = WaitingKey(job)
            waiting.insert(key, at: position(of: key))
        case .active: activeByRun[job.runID, default: 0] += 1
        case .paused, .completed, .failed, .deadLetter: break
        }
    }

    /// Removes a job, if it is there.
    mutating func remove(_ id: UUID) {
        guard let job = all[id] else { return }
        leave(job)
        all[id] = nil
    }

    private mutating func leave(_ job: WorkflowJob) {
        switch job.status {
        case .waiting: waiting.remove(at: position(of: WaitingKey(job)))
        case .active:
            let left = (activeByRun[job.runID] ?? 1) - 1
            activeByRun[job.runID] = left > 0 ? left : nil
        case .paused, .completed, .failed, .deadLetter: break
        }
    }

    private func position(of key: WaitingKey) -> Int {
        var low = 0
        var high = waiting.count
        while low < high {
            let middle = (low + high) / 2
            if waiting[middle].precedes(key) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
