internal import FoundationEssentials
internal import Orchestrator
internal import PostgresWire
internal import StoreContracts

/// Finds out why a write about a run was refused.
///
/// Costs round trips, but only after a refusal.
struct RunDiagnosis: Sendable {
    let plane: TenantPlane

    init(_ plane: TenantPlane) { self.plane = plane }

    /// The reason for which the run's row does not permit a write; `contention` if by now it would.
    ///
    /// Order: missing run or graph, another tenant's, stale claim, final status.
    func reason(for write: RunWrite) async -> StoreError {
        do {
            return try await objection(to: write)
                ?? StoreError(.contention, effect: .rolledBack, cause: "the run changed meanwhile")
        } catch {
            return error
        }
    }

    /// What is wrong with a write as the run stands now; nil if nothing is.
    func objection(
        to write: RunWrite, checksStatus: Bool = true
    ) async throws(StoreError) -> StoreError? {
        let rows = try await plane.read(DiagnosisSQL.run(write.runID, plane))
            .stored((UUID, String, Int).self, in: "workflow_runs")
        guard let (tenant, statusText, epoch) = rows.first else { return try await missing(write) }
        guard tenant == plane.tenant.uuid else {
            return StoreError(.tenantConflict(table: "workflow_runs", id: write.runID.text))
        }
        if let claim = write.claim, claim.epoch != epoch {
            return StoreError(
                .staleClaim(runID: write.runID, staleEpoch: claim.epoch, currentEpoch: epoch))
        }
        guard checksStatus, let status = write.status, write.finalStatuses.contains(statusText) else {
            return nil
        }
        return StoreError(.invalidTransition(from: statusText, to: status.rawValue))
    }

    /// The reason for which a graph cannot be referred to; nil if it can.
    func objection(toGraph id: UUID) async throws(StoreError) -> StoreError? {
        let tenants = try await plane.read(DiagnosisSQL.graph(id, plane)).stored(UUID.self, in: "graphs")
        if let tenant = tenants.first {
            guard tenant != plane.tenant.uuid else { return nil }
            return StoreError(.tenantConflict(table: "graphs", id: id.text))
        }
        let exists = try await exists(DiagnosisSQL.probeGraph(id, plane))
        return StoreError(
            exists ? .tenantConflict(table: "graphs", id: id.text) : .missingGraph(graphID: id))
    }

    /// Whether there is a run that this tenant cannot see.
    func isForeign(run id: UUID) async throws(StoreError) -> Bool {
        try await exists(DiagnosisSQL.probeRun(id, plane))
    }

    private func missing(_ write: RunWrite) async throws(StoreError) -> StoreError? {
        if try await isForeign(run: write.runID) {
            return StoreError(.tenantConflict(table: "workflow_runs", id: write.runID.text))
        }
        if write.creates, let state = write.creating { return try await objection(toGraph: state.workflowID) }
        return StoreError(.missingRunRecord(runID: write.runID, table: write.table))
    }

    /// Foreign keys see the rows of all tenants: inserting a row that refers to one tells whether it exists.
    ///
    /// The transaction always fails, so nothing stays.
    private func exists(_ probe: PostgresQuery) async throws(StoreError) -> Bool {
        do {
            _ = try await plane.run([probe, DiagnosisSQL.fail(plane)])
            return false
        } catch {
            if error.sqlState == SQLState.foreignTenant { return true }
            let constraint = error.server?.constraintName ?? ""
            let isMissing = error.sqlState == SQLState.foreignKeyViolation
            if isMissing, !constraint.hasSuffix("tenant_id_fkey") { return false }
            throw plane.mapped(error)
        }
    }
}
