import AgentMemory
import Orchestrator
import StoreContracts

/// The in-memory adapters, on a clock that the suite moves.
public struct InMemorySubject: ConformanceSubject {
    /// How the report calls it.
    public let name: String
    /// The adapters have everything.
    public let capabilities = Set(Capability.allCases)
    private let change: @Sendable (inout AdapterSet) -> Void

    /// Creates the subject.
    ///
    /// - Parameters:
    ///   - name: What the report calls it.
    ///   - change: Puts other adapters in the place of some: wrappers, or broken ones that the suite must find.
    public init(
        name: String = "memory", changing change: @escaping @Sendable (inout AdapterSet) -> Void = { _ in }
    ) {
        self.name = name
        self.change = change
    }

    /// Runs `body` on an empty store.
    public func withEmptyRows(_ body: @Sendable (AdapterSet) async throws -> Void) async throws {
        let clock = ManualClock()
        let store = InMemoryStore(clock: clock)
        var adapters = AdapterSet()
        adapters.persistence = { InMemoryPersistenceProvider(store: store, tenant: $0, claim: $1) }
        adapters.events = { (tenant, claim, retained) throws(StoreError) in
            try InMemoryEventLogWriter(
                store: store, tenant: tenant, claim: claim, retainCheckpoints: retained)
        }
        adapters.runs = { InMemoryRunStore(store: store, tenant: $0) }
        adapters.queue = { InMemoryWorkflowQueue(store: store, options: $0) }
        adapters.agents = { InMemoryAgentRegistry(store: store, tenant: $0) }
        adapters.servers = { tenant, policy in
            InMemoryMCPServerRegistry(store: store, tenant: tenant) { policy }
        }
        adapters.usage = { InMemoryUsageRecorder(store: store, tenant: $0) }
        let directory = InMemoryTenantDirectory(store: store)
        try await directory.createTenant(.sampleA, slug: "sample-a", name: "Sample A")
        try await directory.createTenant(.sampleB, slug: "sample-b", name: "Sample B")
        adapters.directory = directory
        let memory = InMemoryMemory(clock: clock, dimensions: adapters.dimensions)
        adapters.memory = { InMemoryMemoryStore(memory: memory, tenant: $0) }
        adapters.index = { InMemoryMemoryIndex(InMemoryMemoryStore(memory: memory, tenant: $0)) }
        adapters.ledger = { InMemoryOutcomeLedger(memory: memory, tenant: $0) }
        adapters.resolver = InMemoryTenantResolver(store: store)
        adapters.retention = { InMemoryRetentionService(store: store, options: $0) }
        adapters.tenants = [.sampleA, .sampleB]
        adapters.passTime = { clock.advance(by: $0) }
        change(&adapters)
        try await body(adapters)
    }
}
