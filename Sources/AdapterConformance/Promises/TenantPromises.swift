import FoundationEssentials
import JSONModel
import Orchestrator
import StoreContracts

/// What every `TenantDirectory` and `TenantResolver` promises.
enum TenantPromises {
    static let all = directory + keys

    private static let directory: [Promise] = [
        Promise("TN070", "a created tenant is active and loads") { world in
            let id = TenantID(UUID())
            let created = try await world.directory().createTenant(id, slug: "one", name: "One")
            try equal(created.status, .active, "the status")
            try equal(await world.directory().loadTenant(id), created, "the tenant")
            try require(
                await world.directory().loadTenant(TenantID(UUID())) == nil, "an unknown one is nothing")
        },
        Promise("TN071", "the seed tenant is there") { world in
            try equal(await world.directory().loadTenant(.seed)?.slug, "default", "its slug")
        },
        Promise("TN072", "a slug or an id that is taken is refused") { world in
            let one = TenantID(UUID())
            try await world.directory().createTenant(one, slug: "one", name: "One")
            try await refused(.alreadyExists(table: "tenants", key: "one"), "the slug") {
                try await world.directory().createTenant(TenantID(UUID()), slug: "one", name: "Two")
            }
            try await refused(.alreadyExists(table: "tenants", key: one.text), "the id") {
                try await world.directory().createTenant(one, slug: "two", name: "Two")
            }
            try await refused(.invalidArgument(name: "slug"), "an empty slug") {
                try await world.directory().createTenant(TenantID(UUID()), slug: "", name: "Two")
            }
        },
        Promise("TN073", "the status of a tenant changes, that of an unknown one does not") { world in
            let id = TenantID(UUID())
            try await world.directory().createTenant(id, slug: "one", name: "One")
            try require(await world.directory().setTenantStatus(id, .suspended), "it was changed")
            try equal(await world.directory().loadTenant(id)?.status, .suspended, "the status")
            try require(
                await !world.directory().setTenantStatus(TenantID(UUID()), .suspended), "nothing was changed")
        },
        Promise("TN074", "an erased tenant leaves nothing, and others keep everything") { world in
            let (one, two) = (TenantID(UUID()), TenantID(UUID()))
            var runs: [WorkflowState] = []
            for tenant in [one, two] {
                try await world.directory().createTenant(tenant, slug: tenant.text, name: "T")
                runs.append(try await world.furnish(tenant))
            }
            try require(await world.directory().eraseTenant(one), "the first erasure says so")
            try require(await !world.directory().eraseTenant(one), "the second finds nothing")
            try require(await world.directory().loadTenant(one) == nil, "the tenant is gone")
            try equal(await world.persistence(one).listGraphs().count, 0, "graphs")
            try equal(await world.persistence(one).listWorkflowRuns().count, 0, "runs")
            try equal(await world.log(one).loadEvents(runID: runs[0].runID).count, 0, "events")
            try equal(await world.agents(one).listAgents().count, 0, "agents")
            try equal(await world.servers(one).listServers().count, 0, "servers")
            try equal(await world.usage(one).totals().count, 0, "usage")
            try equal(await world.resolver().listKeys(tenant: one).count, 0, "keys")
            try equal(await world.queue().getQueueDepth().waiting, 1, "waiting jobs")
            try equal(await world.log(two).loadEvents(runID: runs[1].runID).count, 2, "the other's events")
            try equal(await world.agents(two).listAgents().count, 1, "the other's agents")
            try equal(await world.usage(two).totals().count, 1, "the other's usage")
            try equal(await world.resolver().listKeys(tenant: two).count, 1, "the other's keys")
        },
        Promise("TN076", "a tenant that was never created can write nothing") { world in
            let unknown = TenantID(UUID())
            try await world.expectStrange(unknown)
            try equal(await world.persistence(unknown).listGraphs().count, 0, "graphs")
            try equal(await world.queue().getQueueDepth().waiting, 0, "waiting jobs")
        },
        Promise("TN077", "an erased tenant can write nothing") { world in
            let (one, _) = try await world.freshTenants()
            _ = try await world.furnish(one)
            _ = try await world.directory().eraseTenant(one)
            try await world.expectStrange(one)
        },
        Promise("TN075", "the seed tenant cannot be erased") { world in
            try await refused(.notPermitted, "the erasure") {
                _ = try await world.directory().eraseTenant(.seed)
            }
        },
    ]

    private static let keys: [Promise] = [
        Promise("TN080", "a registered key finds its tenant, anything else finds none") { world in
            let (one, two) = try await world.freshTenants()
            try await world.resolver().register(APIKey("first"), tenant: one)
            try await world.resolver().register(APIKey("second"), tenant: two)
            try equal(await world.resolver().resolve(APIKey("first")), one, "the first")
            try equal(await world.resolver().resolve(APIKey("second")), two, "the second")
            for text in ["", "third", "First", "first "] {
                try equal(await world.resolver().resolve(APIKey(text)), nil, "'\(text)'")
            }
        },
        Promise("TN081", "a key that is taken, or empty, is refused") { world in
            let (one, two) = try await world.freshTenants()
            try await world.resolver().register(APIKey("first"), tenant: one)
            try await refused(
                "the key", as: { if case .alreadyExists(table: "api_keys", _) = $0 { true } else { false } },
                expecting: "alreadyExists"
            ) { try await world.resolver().register(APIKey("first"), tenant: two) }
            try await refused(.invalidArgument(name: "key"), "an empty key") {
                try await world.resolver().register(APIKey(""), tenant: two)
            }
        },
        Promise("TN082", "a revoked key finds nobody, others go on") { world in
            let (one, two) = try await world.freshTenants()
            let first = try await world.resolver().issue(tenant: one)
            let second = try await world.resolver().issue(tenant: two)
            try require(await world.resolver().revoke(first.key), "it was revoked")
            try require(await !world.resolver().revoke(first.key), "it was revoked already")
            try equal(await world.resolver().resolve(first.key), nil, "the revoked key")
            try equal(await world.resolver().resolve(second.key), two, "the other key")
            try require(await world.resolver().revoke(id: second.id), "it was revoked by id")
            try equal(await world.resolver().resolve(second.key), nil, "the key revoked by id")
        },
        Promise("TN083", "issued keys differ and carry their prefix") { world in
            let (one, _) = try await world.freshTenants()
            let first = try await world.resolver().issue(tenant: one)
            let second = try await world.resolver().issue(tenant: one, prefix: "x")
            try require(first.key.text != second.key.text, "the keys differ")
            try require(first.key.text.hasPrefix(APIKey.defaultPrefix), "the default prefix")
            try require(second.key.text.hasPrefix("x"), "another prefix")
        },
        Promise("TN084", "an expired key finds nobody") { world in
            let (one, _) = try await world.freshTenants()
            let past = APIKeyOptions(expiresAt: Date(timeIntervalSince1970: 1_000_000))
            let future = APIKeyOptions(expiresAt: Date(timeIntervalSince1970: 4_000_000_000))
            let old = try await world.resolver().issue(tenant: one, options: past)
            let new = try await world.resolver().issue(tenant: one, options: future)
            try equal(await world.resolver().resolve(old.key), nil, "the expired key")
            try equal(await world.resolver().resolve(new.key), one, "the other key")
        },
        Promise("TN085", "keys of a suspended tenant find nobody until it is active again") { world in
            let (one, _) = try await world.freshTenants()
            let key = try await world.resolver().issue(tenant: one).key
            _ = try await world.directory().setTenantStatus(one, .suspended)
            try equal(await world.resolver().resolve(key), nil, "while it is suspended")
            _ = try await world.directory().setTenantStatus(one, .active)
            try equal(await world.resolver().resolve(key), one, "when it is active again")
        },
        Promise("TN086", "keys are listed by tenant, without what they are") { world in
            let (one, two) = try await world.freshTenants()
            let options = APIKeyOptions(name: "ci", permissions: ["read"], rateLimit: ["per_minute": 60])
            let issued = try await world.resolver().issue(tenant: one, options: options)
            _ = try await world.resolver().issue(tenant: two)
            let keys = try await world.resolver().listKeys(tenant: one)
            try equal(keys.map(\.id), [issued.id], "the keys")
            try equal(keys.first?.name, "ci", "the name")
            try equal(keys.first?.permissions, ["read"], "the permissions")
            try require(
                !String(describing: keys).contains(issued.key.text), "the key itself is not in the list")
        },
    ]
}

extension PromiseWorld {
    /// Creates two tenants.
    fileprivate func freshTenants() async throws -> (TenantID, TenantID) {
        let pair = (TenantID(UUID()), TenantID(UUID()))
        for tenant in [pair.0, pair.1] {
            try await directory().createTenant(tenant, slug: tenant.text, name: "Tenant")
        }
        return pair
    }

    /// Breaks the promise unless every kind of row of a tenant is refused since there is no such tenant.
    fileprivate func expectStrange(_ tenant: TenantID) async throws {
        let missing = StoreErrorCode.missingRecord(
            table: "tenants", id: tenant.text)
        try await refused(missing, "a graph") { _ = try await storedGraph(tenant) }
        try await refused(missing, "a job") {
            _ = try await queue().enqueue(EnqueueRequest(runID: id(), graphID: id(), tenantID: tenant))
        }
        try await refused(missing, "an agent") {
            _ = try await agents(tenant).register(
                AgentDefinition(name: "a", model: "m", provider: "p", systemPrompt: "s"))
        }
        try await refused(missing, "a server") {
            try await servers(tenant).saveServer(
                MCPServer(id: "s", name: "S", transport: .stdio(command: .npx, arguments: [])))
        }
        try await refused(missing, "usage") { try await usage(tenant).record(UsageRecord(runID: nil)) }
        try await refused(missing, "an API key") { _ = try await resolver().issue(tenant: tenant) }
    }

    /// Stores a row of every kind for a tenant; returns the state of its run.
    fileprivate func furnish(_ tenant: TenantID) async throws -> WorkflowState {
        let state = try await run(tenant: tenant)
        _ = try await runs(tenant).commit(commit(state, from: 0))
        _ = try await queue().enqueue(
            EnqueueRequest(runID: id(), graphID: state.workflowID, tenantID: tenant))
        _ = try await agents(tenant).register(
            AgentDefinition(name: "a", model: "m", provider: "p", systemPrompt: "s"))
        try await servers(tenant).saveServer(
            MCPServer(
                id: "s-\(tenant.text)", name: "S", transport: .stdio(command: .npx, arguments: [])))
        let key = try await resolver().issue(tenant: tenant).id
        try await usage(tenant).record(
            UsageRecord(runID: state.runID, apiKeyID: key, graphID: state.workflowID))
        return state
    }
}
