import FoundationEssentials
import StoreContracts

extension StoreTables {
    /// The tenants, with the seed tenant, which is always there.
    var tenantRows: [TenantID: TenantRecord] {
        let epoch = Date(timeIntervalSince1970: 0)
        let seed = TenantRecord(
            id: .seed, slug: "default", name: "Default Tenant", createdAt: epoch, updatedAt: epoch)
        return tenants.merging([.seed: seed]) { stored, _ in stored }
    }

    /// Whether rows of the tenant may be written.
    ///
    /// - Throws: `missingRecord` (table `tenants`) for one that was never created, or was erased.
    func assertTenant(_ id: TenantID) throws(StoreError) {
        guard id == .seed || tenants[id] != nil else {
            throw StoreError(.missingRecord(table: "tenants", id: id.text))
        }
    }

    /// Removes every row of a tenant; tells whether there was one.
    mutating func erase(_ tenant: TenantID) -> Bool {
        let ids = runs.values.filter { $0.tenantID == tenant }.map(\.id)
        let counts = rowCount
        for id in ids { removeRun(id) }
        coldRuns.removeAll { $0.run.tenantID == tenant }
        for job in jobs.all.values where job.tenantID == tenant { jobs.remove(job.id) }
        graphs = graphs.filter { $0.value.tenantID != tenant }
        agents = agents.filter { $0.value.tenantID != tenant }
        servers = servers.filter { $0.value.tenantID != tenant }
        usage = usage.filter { $0.value.tenantID != tenant }
        apiKeys = apiKeys.filter { $0.value.tenantID != tenant }
        return tenants.removeValue(forKey: tenant) != nil || rowCount != counts
    }

    /// Deletes a run with its states, events and checkpoints, as the foreign keys do; jobs and usage stay.
    mutating func removeRun(_ id: UUID) {
        runs[id] = nil
        states[id] = nil
        checkpoints[id] = nil
        _ = events.remove(id, through: Int.max - 1)
        let children = runs.values.filter { $0.lineage.parentRunID == id }.map(\.id)
        for child in children { runs[child]?.lineage.parentRunID = nil }
    }

    private var rowCount: Int {
        graphs.count + runs.count + coldRuns.count + jobs.all.count + agents.count + servers.count
            + usage.count + apiKeys.count
    }
}
