import FoundationEssentials
import JSONModel
import StoreContracts

extension StoreTables {
    mutating func saveGraph(_ graph: WorkflowGraph, tenant: TenantID, now: Date) throws(StoreError) {
        let old = graphs[graph.id]
        if let old, old.tenantID != tenant {
            throw StoreError(.tenantConflict(table: "graphs", id: graph.id.text))
        }
        try assertTenant(tenant)
        let instant = stamp(now)
        graphs[graph.id] = GraphRecord(
            id: graph.id, name: graph.name, graphDescription: graph.summary,
            definition: graph.json.throughText, createdAt: old?.createdAt ?? instant, updatedAt: instant,
            tenantID: tenant)
    }

    func loadGraph(_ id: UUID, tenant: TenantID) throws(StoreError) -> WorkflowGraph? {
        guard let record = graphs[id], record.tenantID == tenant else { return nil }
        do {
            return try WorkflowGraph(json: record.definition)
        } catch {
            throw StoreError(.corruptRecord(table: "graphs", id: id.text), cause: error.description)
        }
    }

    mutating func deleteGraph(_ id: UUID, tenant: TenantID) throws(StoreError) -> Bool {
        guard let record = graphs[id], record.tenantID == tenant else { return false }
        guard !runs.values.contains(where: { $0.graphID == id }) else {
            throw StoreError(.graphInUse(graphID: id))
        }
        graphs[id] = nil
        return true
    }

    /// Whether runs of the tenant may refer to the graph.
    ///
    /// - Throws: `missingGraph`, `tenantConflict`.
    func assertGraph(_ id: UUID, tenant: TenantID) throws(StoreError) {
        guard let graph = graphs[id] else { throw StoreError(.missingGraph(graphID: id)) }
        guard graph.tenantID == tenant else {
            throw StoreError(.tenantConflict(table: "graphs", id: id.text))
        }
    }
}

extension JSONValue {
    /// This value after it was written and read again, as every stored value is.
    ///
    /// A value nested deeper than the reader admits stays as it is.
    var throughText: JSONValue {
        let value = storable
        return
            (try? JSONValue(parsing: value.jsonBytes(), limits: JSONLimits(depth: JSONLimits.maximumDepth)))
            ?? value
    }
}
