#if CLI
import JSONModel
import OrchestratorMigrations
import PostgresMigrator
import PostgresWire

/// What the migrations have made of a database.
struct SchemaFacts: Sendable {
    var databaseVersion: Int?
    var programVersion: Int
    /// Why programs cannot use the database; nil if they can.
    var objection: MigrationError?
    /// Whether the memory half was left out on purpose.
    var leavesMemoryOut = false
    var pending = 0

    static func load(_ client: PostgresClient, schema name: String) async throws -> SchemaFacts {
        let schema = try OrchestratorSchema(client, options: OrchestratorSchemaOptions(schema: name))
        var facts = SchemaFacts(programVersion: OrchestratorSchema.migrations.map(\.version).max() ?? 0)
        do throws(MigrationError) {
            let recorded = try await schema.migrator.recorded()
            facts.databaseVersion = recorded.filter(\.state.isDone).map(\.version).max()
            facts.leavesMemoryOut = recorded.contains { $0.state == .skipped }
            let options = OrchestratorSchemaOptions(schema: name, includesMemory: !facts.leavesMemoryOut)
            let current = try OrchestratorSchema(client, options: options)
            try await current.requireCurrent()
        } catch {
            facts.objection = error
            if case .olderThanThisProgram(_, _, let pending) = error { facts.pending = pending.count }
            if case .notMigrated = error { facts.pending = OrchestratorSchema.migrations.count }
        }
        return facts
    }

    var json: JSONValue {
        [
            "database_version": databaseVersion.map { .number($0) } ?? .null,
            "program_version": .number(programVersion), "pending": .number(pending),
            "current": .bool(objection == nil),
        ]
    }

    var text: String {
        guard let databaseVersion else { return "none of \(programVersion)" }
        let memory = leavesMemoryOut ? ", without the memory half" : ""
        return "\(databaseVersion) of \(programVersion)\(memory)"
    }
}
#endif
