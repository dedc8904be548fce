import FoundationEssentials
import StoreContracts

extension StoreTables {
    /// Checks everything, then writes everything; returns how many records were new.
    mutating func recordUsage(
        _ records: [UsageRecord], tenant: TenantID, now: Date
    ) throws(StoreError) -> Int {
        var fresh: [UUID: UsageRecord] = [:]
        var order: [UUID] = []
        for record in records {
            let taken = StoreError(.alreadyExists(table: "usage_records", key: record.id.text))
            if let row = usage[record.id] {
                guard row.tenantID == tenant else {
                    throw StoreError(.tenantConflict(table: "usage_records", id: record.id.text))
                }
                guard record.isSame(as: row.record) else { throw taken }
            } else if let earlier = fresh[record.id] {
                guard earlier == record else { throw taken }
            } else {
                try assertOwn(record, tenant: tenant)
                try assertTenant(tenant)
                fresh[record.id] = record
                order.append(record.id)
            }
        }
        let instant = order.isEmpty ? now : stamp(now)
        for id in order {
            guard var record = fresh[id] else { continue }
            record.createdAt = instant
            usage[id] = UsageRow(record: record, tenantID: tenant)
        }
        return order.count
    }

    private func assertOwn(_ record: UsageRecord, tenant: TenantID) throws(StoreError) {
        if let run = record.runID { _ = try runForWrite(run, tenant: tenant, table: "usage_records") }
        if let graph = record.graphID { try assertGraph(graph, tenant: tenant) }
        guard let key = record.apiKeyID else { return }
        guard let row = apiKeys[key] else {
            throw StoreError(.missingRecord(table: "api_keys", id: key.text))
        }
        guard row.tenantID == nil || row.tenantID == tenant else {
            throw StoreError(.tenantConflict(table: "api_keys", id: key.text))
        }
    }
}
