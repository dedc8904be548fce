import Foundation
import Orchestrator
import OrchestratorPostgres
import PostgresWire
import StoreContracts
import TestSupport
import Testing

@Suite struct TenancyIntegrationTests {
    private static let alpha = Backend.alpha
    private static let beta = Backend.beta

    /// Runs a test with adapters whose tenant plane connects with a role, and the two tenants; nil: in memory.
    private func run(_ role: TenantRole?, _ test: (Backend) async throws -> Void) async throws {
        try await Backend.withTenants(role, test)
    }

    @Test(arguments: TenantRole.allCases.map(Optional.some) + [nil])
    func `a tenant sees nothing of another`(_ role: TenantRole?) async throws {
        try await run(role) { backend async throws in
            let state = try await backend.run(status: .running, tenant: Self.alpha)
            _ = try await backend.runs(Self.alpha).commit(Sample.commit(state, from: 0))
            let run = state.runID
            let mine = backend.persistence(Self.alpha, nil)
            #expect(try await mine.listGraphs().map(\.id) == [state.workflowID])
            #expect(try await mine.listWorkflowRuns().map(\.tenantID) == [Self.alpha])
            #expect(try await mine.loadEvents(runID: run).map(\.tenantID) == [Self.alpha, Self.alpha])

            let other = backend.persistence(Self.beta, nil)
            let log = try backend.events(Self.beta, nil, 3)
            #expect(try await other.loadGraph(id: state.workflowID) == nil)
            #expect(try await other.listGraphs().isEmpty)
            #expect(try await !other.deleteGraph(id: state.workflowID))
            #expect(try await other.loadWorkflowRun(id: run) == nil)
            #expect(try await other.listWorkflowRuns().isEmpty)
            #expect(try await other.updateRunStatus(runID: run, status: .failed) == 0)
            #expect(try await other.loadLatestWorkflowState(runID: run) == nil)
            #expect(try await other.loadWorkflowStateHistory(runID: run).isEmpty)
            #expect(try await other.loadWorkflowStateAtVersion(runID: run, version: 1) == nil)
            #expect(try await other.loadEvents(runID: run).isEmpty)
            #expect(try await !other.requestCancel(runID: run))
            #expect(try await log.loadEvents(runID: run).isEmpty)
            #expect(try await log.latestKnownSequence(runID: run) == -1)
            #expect(try await log.loadCheckpoint(runID: run) == nil)
            #expect(try await log.compact(runID: run, through: 9) == 0)
            #expect(try await backend.runs(Self.beta).loadPosition(runID: run).run == nil)
            #expect(try await mine.loadWorkflowRun(id: run)?.status == .running)
            #expect(try await mine.loadEvents(runID: run).count == 2)
        }
    }

    @Test(arguments: TenantRole.allCases.map(Optional.some) + [nil])
    func `another tenant's ids are conflicts on writes`(_ role: TenantRole?) async throws {
        try await run(role) { backend async throws in
            let state = try await backend.run(status: .running, tenant: Self.alpha)
            let run = state.runID
            let runs = StoreErrorCode.tenantConflict(table: "workflow_runs", id: run.uuidString.lowercased())
            let graphs = StoreErrorCode.tenantConflict(
                table: "graphs", id: state.workflowID.uuidString.lowercased())
            let other = backend.persistence(Self.beta, nil)
            let log = try backend.events(Self.beta, nil, 3)
            var graph = Sample.graph()
            graph.id = state.workflowID
            graph.name = "taken"
            let taken = graph
            #expect(await code { try await other.saveGraph(taken) } == graphs)
            #expect(await code { try await other.saveWorkflowRun(state) } == runs)
            #expect(await code { _ = try await other.saveWorkflowState(state) } == runs)
            #expect(await code { _ = try await other.saveWorkflowSnapshot(state) } == runs)
            #expect(await code { try await other.saveRunLineage(runID: run, lineage: RunLineage()) } == runs)
            #expect(await code { try await log.append(Sample.event(run, 0)) } == runs)
            #expect(await code { try await log.checkpoint(runID: run, sequenceID: 0, state: state) } == runs)
            let store = backend.runs(Self.beta)
            #expect(await code { _ = try await store.commit(Sample.commit(state, from: 0)) } == runs)
            #expect(
                await code { _ = try await store.commit(Sample.commit(state, from: 0, createsRun: true)) }
                    == runs
            )
            let borrowed = WorkflowState(workflowID: state.workflowID)
            #expect(await code { try await other.saveWorkflowRun(borrowed) } == graphs)
            #expect(
                await code { _ = try await store.commit(Sample.commit(borrowed, from: 0, createsRun: true)) }
                    == graphs)
            let own = try await backend.run(tenant: Self.beta)
            let lineage = RunLineage(kind: .counterfactual, parentRunID: run)
            #expect(await code { try await other.saveRunLineage(runID: own.runID, lineage: lineage) } == runs)

            let mine = backend.persistence(Self.alpha, nil)
            #expect(try await mine.loadGraph(id: state.workflowID)?.name == "research")
            #expect(try await mine.loadWorkflowStateHistory(runID: run).isEmpty)
            #expect(try await mine.loadEvents(runID: run).isEmpty)
            if let client = backend.database?.client {
                for table in ["workflow_checkpoints", "workflow_states", "workflow_events"] {
                    let count = try await client.one(
                        "SELECT count(*) FROM \(identifier: table)", as: Int.self)
                    #expect(count == 0)
                }
            }
        }
    }

    @Test(arguments: TenantRole.allCases.map(Optional.some) + [nil])
    func `a claimed run of a tenant is written by its tenant`(_ role: TenantRole?) async throws {
        try await run(role) { backend async throws in
            let graph = Sample.graph()
            try await backend.persistence(Self.alpha, nil).saveGraph(graph)
            let request = EnqueueRequest(runID: Sample.id(), graphID: graph.id, tenantID: Self.alpha)
            _ = try await backend.jobs.enqueue(request)
            let claimed = try #require(await backend.jobs.dequeue(workerID: "w"))
            #expect(claimed.job.tenantID == Self.alpha)
            var state = WorkflowState(workflowID: graph.id, runID: request.runID)
            state.status = .completed
            let commit = Sample.commit(
                state, from: 0, claim: claimed.claim, disposition: .ack(claimed.handle))
            #expect(
                await code { _ = try await backend.runs(Self.beta).commit(commit) }
                    == .tenantConflict(table: "workflow_runs", id: request.runID.uuidString.lowercased()))
            #expect(try await backend.runs(Self.alpha).commit(commit) == CommitReceipt(stateVersion: 1))
            #expect(try await backend.runs(Self.alpha).commit(commit).wasReplayed)
            #expect(try await backend.jobs.getJob(id: request.id)?.status == .completed)
        }
    }

    @Test(arguments: TenantRole.allCases.map(Optional.some) + [nil])
    func `a job whose graph or run is another tenant's is refused`(_ role: TenantRole?) async throws {
        try await run(role) { backend async throws in
            let state = try await backend.run(tenant: Self.alpha)
            let first = EnqueueRequest(runID: UUID(), graphID: state.workflowID, tenantID: Self.beta)
            #expect(
                await code { _ = try await backend.jobs.enqueue(first) }
                    == .tenantConflict(table: "graphs", id: state.workflowID.uuidString.lowercased()))
            let second = EnqueueRequest(runID: state.runID, graphID: UUID(), tenantID: Self.beta)
            #expect(
                await code { _ = try await backend.jobs.enqueue(second) }
                    == .tenantConflict(table: "workflow_runs", id: state.runID.uuidString.lowercased()))
        }
    }

    @Test func `an unknown tenant is named`() async throws {
        try await run(.superuser) { backend async throws in
            let unknown = TenantID(UUID())
            let missing = StoreErrorCode.missingRecord(table: "tenants", id: unknown.text)
            let provider = backend.persistence(unknown, nil)
            #expect(await code { try await provider.saveGraph(Sample.graph()) } == missing)
            let request = EnqueueRequest(runID: UUID(), graphID: UUID(), tenantID: unknown)
            #expect(await code { _ = try await backend.jobs.enqueue(request) } == missing)
        }
    }

    @Test(arguments: [TenantRole.owner, .member])
    func `a queue on a role that cannot see all tenants says so`(_ role: TenantRole) async throws {
        try await TestServer.withDatabase(.migrated(dimensions: 8)) { database async throws in
            try await role.run(on: database) { client async throws in
                let queue = PostgresWorkflowQueue(client)
                for _ in 0..<2 {
                    do {
                        _ = try await queue.dequeue(workerID: "w")
                        Issue.record("the queue worked")
                    } catch let error as StoreError {
                        #expect(error.code == .misconfigured)
                        #expect(error.description.contains("BYPASSRLS"))
                    }
                }
            }
            try await PostgresWorkflowQueue(database.client).verifyRole()
        }
    }

    @Test func `a database that was not migrated says what to do`() async throws {
        try await TestServer.withDatabase(.migrated(dimensions: 8)) { database async throws in
            let provider = PostgresPersistenceProvider(
                database.client, storage: PostgresStorageOptions(schema: "elsewhere"))
            do {
                _ = try await provider.loadGraph(id: UUID())
                Issue.record("the schema does not exist")
            } catch let error as StoreError {
                #expect(error.code == .misconfigured)
                #expect(error.effect == .none)
                #expect(error.remedy == "Run `orchestrator migrate apply`.")
            }
        }
    }
}
