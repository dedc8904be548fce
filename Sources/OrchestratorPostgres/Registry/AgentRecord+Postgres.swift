internal import FoundationEssentials
internal import JSONModel
internal import Orchestrator
internal import PostgresWire
internal import StoreContracts

extension AgentRecord {
    /// The rows of a result with the columns `AgentSQL.columns`.
    ///
    /// - Throws: `corruptRecord` with the id of the agent that cannot be read.
    static func read(_ rows: PostgresRows) throws(StoreError) -> [AgentRecord] {
        let tuples = try rows.stored(
            (
                UUID, String, String?, String, String?, String, Float, Int, Int?, JSONValue, JSONValue,
                JSONValue?,
                String?, Date, Date, UUID
            ).self, in: "agents")
        var records: [AgentRecord] = []
        records.reserveCapacity(tuples.count)
        for row in tuples {
            do {
                let definition = AgentDefinition(
                    name: row.1, summary: row.2, model: row.3, provider: row.4, systemPrompt: row.5,
                    temperature: Double(row.6.description) ?? Double(row.6), maxSteps: row.7,
                    maxOutputTokens: row.8, tools: try [ToolSource](json: row.9),
                    permissions: row.10.isNull ? nil : try AgentPermissions(json: row.10),
                    providerOptions: try Self.options(row.11),
                    modelPreference: row.12.flatMap { $0.isEmpty ? nil : $0 })
                records.append(
                    AgentRecord(
                        id: row.0, definition: definition, createdAt: row.13, updatedAt: row.14,
                        tenantID: TenantID(row.15)))
            } catch {
                throw StoreError(.corruptRecord(table: "agents", id: row.0.text), cause: error.description)
            }
        }
        return records
    }

    private static func options(_ json: JSONValue?) throws(WorkflowShapeError) -> JSONObject? {
        guard let json, !json.isNull else { return nil }
        return try JSONObject(json: json)
    }
}
