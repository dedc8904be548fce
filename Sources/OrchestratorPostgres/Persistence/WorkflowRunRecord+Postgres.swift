internal import FoundationEssentials
internal import JSONModel
internal import Orchestrator
internal import PostgresWire
internal import StoreContracts

extension WorkflowRunRecord {
    /// The rows of a result with the columns `RunSQL.columns`.
    static func read(_ rows: PostgresRows) throws(StoreError) -> [WorkflowRunRecord] {
        let table = "workflow_runs"
        var records: [WorkflowRunRecord] = []
        records.reserveCapacity(rows.count)
        let tuples = try rows.stored(
            (
                UUID, UUID?, UUID, String, Date, Date?, Date?, String, UUID?, Int?, JSONValue?, UUID?, Int,
                UUID, Date?
            ).self, in: table)
        for row in tuples {
            let lineage = RunLineage(
                kind: RunKind(rawValue: row.7) ?? .primary, parentRunID: row.8, forkSequenceID: row.9,
                forkMutations: row.10?.arrayValue, forkGroupID: row.11)
            records.append(
                WorkflowRunRecord(
                    id: row.0, workflowID: row.1, graphID: row.2, statusText: row.3, createdAt: row.4,
                    completedAt: row.5, archivedAt: row.6, lineage: lineage, claimEpoch: row.12,
                    tenantID: TenantID(row.13), cancelRequestedAt: row.14))
        }
        return records
    }
}
