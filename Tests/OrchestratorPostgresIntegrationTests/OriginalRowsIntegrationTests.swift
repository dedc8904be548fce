import Foundation
import JSONModel
import Orchestrator
import OrchestratorPostgres
import PostgresWire
import StoreContracts
import TestSupport
import Testing

/// Rows that the original program wrote, read through these adapters.
@Suite struct OriginalRowsIntegrationTests {
    private static let tables = [
        "tenants", "graphs", "workflow_runs", "workflow_states", "workflow_events", "workflow_checkpoints",
        "workflow_jobs",
    ]
    private static let other = TenantID(text: "b0000000-0000-4000-8000-00000000000b") ?? .seed

    private static func id(_ kind: Int, _ number: String) throws -> UUID {
        try #require(UUID(text: "a\(kind)000000-0000-4000-8000-000000000\(number)"))
    }

    /// Runs a test on a database that holds the rows, two a table; a run's rows need not be there.
    private func run(_ test: (Backend) async throws -> Void) async throws {
        let rows = try JSONValue(parsing: Fixture.text("schema/original-rows.json"))
        try await TestServer.withDatabase(.migrated(dimensions: 8)) { database async throws in
            var queries: [PostgresQuery] = ["SELECT set_config('session_replication_role', 'replica', true)"]
            for table in Self.tables {
                let values = try #require(rows["tables"]?[table])
                let columns = try #require(values[0]?.objectValue).keys
                    .map(PostgresQuery.quoted(identifier:)).joined(separator: ", ")
                queries.append(
                    """
                    INSERT INTO \(identifier: table) (\(raw: columns)) SELECT \(raw: columns)
                    FROM jsonb_populate_recordset(NULL::\(identifier: table), \(values))
                    ON CONFLICT DO NOTHING
                    """)
            }
            _ = try await database.client.batch(queries)
            try await test(Backend(database))
        }
    }

    @Test func `graphs and runs are read whole`() async throws {
        try await run { backend async throws in
            let graph = try #require(await backend.provider.loadGraph(id: Self.id(1, "001")))
            #expect(graph.name == "Fixture graph seed")
            #expect(graph.summary == "A graph – with ünïcode ✓ and \"quotes\"")
            #expect(graph.nodes.map(\.id) == ["plan", "review", "act"])
            #expect(graph.edges.count == 2)
            #expect(graph.endNodes == ["act"])
            #expect(graph.isTaintStrict)
            #expect(try await backend.provider.listGraphs().count == 1)
            #expect(try await backend.persistence(Self.other, nil).listGraphs().count == 1)
            let runs = try await backend.provider.listWorkflowRuns()
            #expect(runs.map(\.status) == [.failed, .completed])
            #expect(runs.map(\.claimEpoch) == [0, 1])
            #expect(runs[1].createdAt == Date(timeIntervalSince1970: 1_768_471_200))
            #expect(runs[1].lineage == RunLineage())
        }
    }

    @Test func `states and checkpoints are hydrated`() async throws {
        try await run { backend async throws in
            for (tenant, number) in [(TenantID.seed, "001"), (Self.other, "101")] {
                let state = try #require(
                    await backend.persistence(tenant, nil)
                        .loadLatestWorkflowState(runID: Self.id(2, number)))
                #expect(state.goal == "Ship the thing – 発送")
                #expect(state.status == .waiting)
                #expect(state.waitingFor == .humanApproval)
                #expect(state.budgetUSD == 1.5)
                #expect(state.totalTokensUsed == 200)
                #expect(state.schemaVersion == 2)
                #expect(state.memory["plan"]?["n"]?.intValue == 12_345_678_901)
                #expect(state.memory["plan"]?["score"]?.doubleValue == 0.300_000_000_000_000_04)
                #expect(state.pendingApproval == ["prompt": "OK?", "node_id": "review"])
                #expect(state.taintRegistry["plan"]?.json["tool_name"] == "search")
                #expect(state.supervisorHistory.first?.delegatedTo == "plan")
            }
            let log = try backend.events(Self.other, nil, 3)
            let checkpoint = try #require(await log.loadCheckpoint(runID: Self.id(2, "101")))
            #expect(checkpoint.sequenceID == 6)
            #expect(checkpoint.state.status == .completed)
            #expect(checkpoint.state.policyApprovals == ["act": true])
            #expect(try await log.getLatestSequenceID(runID: Self.id(2, "101")) == 6)
        }
    }

    @Test func `events are read, and the log goes on behind them`() async throws {
        try await run { backend async throws in
            let run = try Self.id(2, "001")
            let events = try await backend.log().loadEvents(runID: run)
            #expect(events.map(\.eventType) == [.statePersisted])
            #expect(events.map(\.sequenceID) == [4])
            try await backend.log().append(Sample.event(run, 5))
            #expect(
                await code { try await backend.log().append(Sample.event(run, 4)) }
                    == .eventSequenceConflict(runID: run, sequenceID: 4))
        }
    }

    @Test func `jobs are read, and the waiting one can be claimed`() async throws {
        try await run { backend async throws in
            let done = try #require(await backend.jobs.getJob(id: Self.id(4, "002")))
            #expect(done.status == .completed)
            #expect(done.workerID == "worker-1")
            #expect(done.priority == -1)
            #expect(done.visibilityTimeout == .seconds(60))
            #expect(done.attemptHistory.isEmpty)
            let claimed = try #require(await backend.jobs.dequeue(workerID: "w"))
            #expect(try claimed.job.id == Self.id(4, "001"))
            #expect(claimed.job.initialState == ["n": 1, "goal": "x"])
            #expect(claimed.claimEpoch == 1)
            #expect(try await backend.jobs.ack(claimed.handle) == .applied)
        }
    }
}
