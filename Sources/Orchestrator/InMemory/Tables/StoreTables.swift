import FoundationEssentials
import JSONModel
import StoreContracts

/// The rows of an in-memory store.
package struct StoreTables {
    struct StateRow {
        var version: Int
        var state: [UInt8]
        var mark: Int?
        var entry: StateHistoryEntry
        var tenantID: TenantID
    }

    struct MCPServerRow {
        var server: JSONValue
        var tenantID: TenantID
    }

    struct UsageRow {
        var record: UsageRecord
        var tenantID: TenantID
    }

    struct APIKeyRow {
        var hash: String
        var record: APIKeyRecord
        var tenantID: TenantID? { record.tenantID }
    }

    /// A run that was moved out of the tables, with everything of it.
    struct ColdRun {
        var archive: String
        var frozenAt: Date
        var run: WorkflowRunRecord
        var graph: GraphRecord?
        var states: [StateRow]
        var events: [WorkflowEvent]
        var checkpoints: [CheckpointRow]
        var jobs: [WorkflowJob]
        var usage: [UUID]
        var children: [UUID]
    }

    struct CheckpointRow {
        var sequenceID: Int
        var state: [UInt8]
        var createdAt: Date
    }

    var graphs: [UUID: GraphRecord] = [:]
    var runs: [UUID: WorkflowRunRecord] = [:]
    /// By run; versions ascending.
    var states: [UUID: [StateRow]] = [:]
    var events = EventTable()
    /// By run; sequences ascending.
    var checkpoints: [UUID: [CheckpointRow]] = [:]
    var jobs = JobTable()
    var workers: [String: WorkerRecord] = [:]
    var agents: [UUID: AgentRecord] = [:]
    var servers: [String: MCPServerRow] = [:]
    var usage: [UUID: UsageRow] = [:]
    var apiKeys: [UUID: APIKeyRow] = [:]
    var tenants: [TenantID: TenantRecord] = [:]
    var coldRuns: [ColdRun] = []
    /// Whether jobs may have become claimable.
    var hasNews = false
    private var lastStamp = Date.distantPast

    init() {}

    /// An instant for a row that is later than that of every earlier row.
    mutating func stamp(_ now: Date) -> Date {
        if lastStamp >= now {
            lastStamp = lastStamp.addingTimeInterval(0.000_001).wholeMicroseconds
        } else {
            lastStamp = now
        }
        return lastStamp
    }

    /// The run's row if it is this tenant's.
    func run(_ id: UUID, tenant: TenantID) -> WorkflowRunRecord? {
        guard let run = runs[id], run.tenantID == tenant else { return nil }
        return run
    }

    /// The run's row, for a write.
    ///
    /// - Throws: `missingRunRecord`, `tenantConflict`.
    func runForWrite(
        _ id: UUID, tenant: TenantID, table: String
    ) throws(StoreError) -> WorkflowRunRecord {
        guard let run = runs[id] else { throw StoreError(.missingRunRecord(runID: id, table: table)) }
        guard run.tenantID == tenant else {
            throw StoreError(.tenantConflict(table: "workflow_runs", id: id.text))
        }
        return run
    }

    /// Verifies the fence for a write about a run.
    ///
    /// - Throws: `notPermitted` for another run than the claim's, `missingRunRecord`, `staleClaim`.
    func assertClaim(_ claim: RunClaim?, runID: UUID, table: String) throws(StoreError) {
        guard let claim else { return }
        guard claim.runID == runID else {
            throw StoreError(
                .notPermitted, cause: "the claim is of run \(claim.runID.text), the write of \(runID.text)")
        }
        guard let run = runs[runID] else {
            throw StoreError(.missingRunRecord(runID: runID, table: table))
        }
        guard run.claimEpoch == claim.epoch else {
            throw StoreError(
                .staleClaim(runID: runID, staleEpoch: claim.epoch, currentEpoch: run.claimEpoch))
        }
    }
}
