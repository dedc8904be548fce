internal import FoundationEssentials
internal import Orchestrator
internal import PostgresWire
internal import StoreContracts

/// Finds out why usage was refused.
///
/// Costs round trips, but only after a refusal.
struct UsageDiagnosis: Sendable {
    let plane: TenantPlane

    init(_ plane: TenantPlane) { self.plane = plane }

    /// What is wrong with the first record that cannot be stored; nil if by now all can.
    ///
    /// Order: another content, then run, graph and key.
    func objection(to records: [UsageRecord]) async throws(StoreError) -> StoreError? {
        let known = try UsageRecord.read(
            try await plane.read(UsageSQL.stored(records.map(\.id), plane)))
        let stored = Dictionary(known.map { ($0.id, $0) }) { first, _ in first }
        for record in records {
            if let same = stored[record.id] {
                if record.isSame(as: same) { continue }
                return StoreError(
                    .alreadyExists(table: "usage_records", key: record.id.text), effect: .rolledBack,
                    cause: "other content is stored under this id",
                    remedy: "Give every record an id of its own.")
            }
            if let objection = try await objection(toNew: record) { return objection }
        }
        // Whoever holds an id that this tenant cannot see.
        guard let first = records.first(where: { stored[$0.id] == nil }) else { return nil }
        return StoreError(.tenantConflict(table: "usage_records", id: first.id.text), effect: .rolledBack)
    }

    /// What a record refers to and cannot; nil if everything is there by now, or its tenant is what is missing.
    func missing(in records: [UsageRecord]) async throws(StoreError) -> StoreError? {
        for record in records {
            if let objection = try await objection(toNew: record) { return objection }
        }
        return nil
    }

    private func objection(toNew record: UsageRecord) async throws(StoreError) -> StoreError? {
        let diagnosis = RunDiagnosis(plane)
        if let run = record.runID {
            let write = RunWrite(runID: run, table: "usage_records")
            if let objection = try await diagnosis.objection(to: write) { return objection }
        }
        if let graph = record.graphID, let objection = try await diagnosis.objection(toGraph: graph) {
            return objection
        }
        guard let key = record.apiKeyID else { return nil }
        let tenants = try await plane.read(DiagnosisSQL.apiKey(key, plane)).stored(UUID?.self, in: "api_keys")
        guard let tenant = tenants.first else {
            return StoreError(.missingRecord(table: "api_keys", id: key.text), effect: .rolledBack)
        }
        guard let tenant, tenant != plane.tenant.uuid else { return nil }
        return StoreError(.tenantConflict(table: "api_keys", id: key.text), effect: .rolledBack)
    }
}

extension [UsageRecord] {
    /// These records without those that are there twice.
    ///
    /// - Throws: `alreadyExists` if two records have one id and differ.
    func withoutRepeats() throws(StoreError) -> [UsageRecord] {
        var seen: [UUID: UsageRecord] = [:]
        var kept: [UsageRecord] = []
        for record in self {
            if let earlier = seen.updateValue(record, forKey: record.id) {
                guard earlier == record else {
                    throw StoreError(.alreadyExists(table: "usage_records", key: record.id.text))
                }
            } else {
                kept.append(record)
            }
        }
        return kept
    }
}
