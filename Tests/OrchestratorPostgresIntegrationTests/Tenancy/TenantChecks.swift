import Foundation
import JSONModel
import Orchestrator
import StoreContracts
import Testing

/// The promises of tenant directories and resolvers, by the ids of the contract.
enum TenantChecks {
    static let all: [BehaviourCheck] = [
        BehaviourCheck("K3", "registered keys resolve, others do not") { backend async throws in
            let (one, two) = try await tenants(backend)
            let resolver = backend.resolver
            try await resolver.register(APIKey("first"), tenant: one)
            try await resolver.register(APIKey("second"), tenant: two)
            #expect(try await resolver.resolve(APIKey("first")) == one)
            #expect(try await resolver.resolve(APIKey("second")) == two)
            for text in ["", "third", "First", "first "] {
                #expect(try await resolver.resolve(APIKey(text)) == nil)
            }
            #expect(
                await code { try await resolver.register(APIKey("first"), tenant: two) }
                    == .alreadyExists(table: "api_keys", key: "the key"))
            #expect(
                await code { try await resolver.register(APIKey(""), tenant: two) }
                    == .invalidArgument(name: "key"))
        },
        BehaviourCheck("K4", "revoked keys stop to resolve, others go on") { backend async throws in
            let (one, two) = try await tenants(backend)
            let resolver = backend.resolver
            let first = try await resolver.issue(tenant: one)
            let second = try await resolver.issue(tenant: two, prefix: "x")
            #expect(second.key.text.hasPrefix("x_"))
            #expect(try await resolver.resolve(first.key) == one)
            #expect(try await resolver.revoke(first.key))
            #expect(try await resolver.revoke(first.key) == false)
            #expect(try await resolver.revoke(APIKey("unknown")) == false)
            #expect(try await resolver.resolve(first.key) == nil)
            #expect(try await resolver.resolve(second.key) == two)
            #expect(try await resolver.revoke(id: second.id))
            #expect(try await resolver.revoke(id: second.id) == false)
            #expect(try await resolver.resolve(second.key) == nil)
        },
        BehaviourCheck("K5", "expired keys and keys of inactive tenants do not resolve") {
            backend async throws in
            let (one, two) = try await tenants(backend)
            let resolver = backend.resolver
            let past = APIKeyOptions(expiresAt: Date(timeIntervalSinceNow: -60))
            let future = APIKeyOptions(expiresAt: Date(timeIntervalSinceNow: 3600))
            #expect(
                try await resolver.resolve(try await resolver.issue(tenant: one, options: past).key) == nil)
            let key = try await resolver.issue(tenant: one, options: future).key
            let other = try await resolver.issue(tenant: two).key
            #expect(try await resolver.resolve(key) == one)
            #expect(try await backend.tenants.setTenantStatus(one, .suspended))
            #expect(try await resolver.resolve(key) == nil)
            #expect(try await resolver.resolve(other) == two)
            #expect(try await backend.tenants.setTenantStatus(one, .active))
            #expect(try await resolver.resolve(key) == one)
        },
        BehaviourCheck("K6", "keys are listed without what they are, with their last use") {
            backend async throws in
            let (one, two) = try await tenants(backend)
            let resolver = backend.resolver
            let options = APIKeyOptions(
                name: "ci", permissions: ["read", "write"], rateLimit: ["per_minute": 60])
            let issued = try await resolver.issue(tenant: one, options: options)
            _ = try await resolver.issue(tenant: two)
            let before = try #require(await resolver.listKeys(tenant: one).first)
            #expect(before.id == issued.id)
            #expect(before.name == "ci")
            #expect(before.permissions == ["read", "write"])
            #expect(before.rateLimit == ["per_minute": 60])
            #expect(before.lastUsedAt == nil)
            #expect(try await resolver.resolve(issued.key) == one)
            let used = try #require(await resolver.listKeys(tenant: one).first?.lastUsedAt)
            #expect(try await resolver.resolve(issued.key) == one)
            #expect(try await resolver.listKeys(tenant: one).map(\.lastUsedAt) == [used])
            #expect(try await resolver.revoke(issued.key))
            #expect(try await resolver.listKeys(tenant: one).first?.revokedAt != nil)
        },
        BehaviourCheck("N15", "tenants are created once, listed, and change their status") {
            backend async throws in
            let directory = backend.tenants
            let one = TenantID(UUID())
            let created = try await directory.createTenant(one, slug: "one", name: "One")
            #expect(created.status == .active)
            #expect(try await directory.loadTenant(one) == created)
            let two = TenantID(UUID())
            #expect(
                await code { try await directory.createTenant(two, slug: "one", name: "Two") }
                    == .alreadyExists(table: "tenants", key: "one"))
            #expect(
                await code { try await directory.createTenant(two, slug: "default", name: "Two") }
                    == .alreadyExists(table: "tenants", key: "default"))
            #expect(
                await code { try await directory.createTenant(one, slug: "two", name: "Two") }
                    == .alreadyExists(table: "tenants", key: one.text))
            #expect(
                await code { try await directory.createTenant(two, slug: "", name: "Two") }
                    == .invalidArgument(name: "slug"))
            #expect(try await directory.loadTenant(two) == nil)
            #expect(try await directory.loadTenant(.seed)?.slug == "default")
            let ids = try await directory.listTenants(.first).map(\.id)
            #expect(ids.first == one)
            #expect(ids.contains(.seed))
            #expect(try await directory.setTenantStatus(one, .suspended))
            #expect(try await directory.loadTenant(one)?.status == .suspended)
            #expect(try await directory.setTenantStatus(two, .suspended) == false)
        },
        BehaviourCheck("N14", "an erased tenant leaves nothing, others keep everything") {
            backend async throws in
            let (one, two) = try await tenants(backend)
            var states: [TenantID: WorkflowState] = [:]
            for tenant in [one, two] { states[tenant] = try await furnish(tenant, backend) }
            let mine = try #require(states[one])
            let other = try #require(states[two])
            #expect(try await backend.tenants.eraseTenant(one))
            #expect(try await backend.tenants.eraseTenant(one) == false)
            #expect(try await backend.persistence(one, nil).listGraphs().isEmpty)
            #expect(try await backend.persistence(one, nil).loadWorkflowRun(id: mine.runID) == nil)
            #expect(try await backend.persistence(one, nil).loadEvents(runID: mine.runID).isEmpty)
            #expect(try await backend.agents(one).listAgents().isEmpty)
            #expect(try await backend.servers(one, MCPServerPolicy()).listServers().isEmpty)
            #expect(try await backend.usage(one).totals() == UsageTotals())
            #expect(try await backend.resolver.listKeys(tenant: one).isEmpty)
            #expect(try await backend.tenants.loadTenant(one) == nil)
            #expect(try await backend.jobs.getQueueDepth().waiting == 1)
            #expect(try await backend.persistence(two, nil).loadEvents(runID: other.runID).count == 2)
            #expect(
                try await backend.persistence(two, nil).loadLatestWorkflowState(runID: other.runID) != nil)
            #expect(try await backend.agents(two).listAgents().count == 1)
            #expect(try await backend.servers(two, MCPServerPolicy()).listServers().count == 1)
            #expect(try await backend.usage(two).totals().count == 1)
            #expect(try await backend.resolver.listKeys(tenant: two).count == 1)
            #expect(await code { _ = try await backend.tenants.eraseTenant(.seed) } == .notPermitted)
        },
    ]

    /// Creates two tenants.
    static func tenants(_ backend: Backend) async throws -> (TenantID, TenantID) {
        let pair = (TenantID(UUID()), TenantID(UUID()))
        for tenant in [pair.0, pair.1] {
            try await backend.tenants.createTenant(tenant, slug: tenant.text, name: "Tenant")
        }
        return pair
    }

    /// Stores a row of every kind for a tenant; returns the state of its run.
    static func furnish(_ tenant: TenantID, _ backend: Backend) async throws -> WorkflowState {
        let state = try await backend.run(status: .running, tenant: tenant)
        _ = try await backend.runs(tenant).commit(Sample.commit(state, from: 0))
        var marked = state
        marked.lastEventSequenceID = 1
        try await backend.events(tenant, nil, 3).checkpoint(runID: state.runID, sequenceID: 1, state: marked)
        _ = try await backend.jobs.enqueue(
            EnqueueRequest(runID: Sample.id(), graphID: state.workflowID, tenantID: tenant))
        _ = try await backend.agents(tenant).register(AgentChecks.agent("a"))
        try await backend.servers(tenant, MCPServerPolicy()).saveServer(
            MCPServerChecks.server("s-\(tenant.text)"))
        let key = try await backend.resolver.issue(tenant: tenant).id
        try await backend.usage(tenant).record(
            UsageRecord(runID: state.runID, apiKeyID: key, graphID: state.workflowID))
        return state
    }
}
