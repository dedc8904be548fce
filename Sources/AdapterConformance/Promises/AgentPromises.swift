import FoundationEssentials
import JSONModel
import Orchestrator
import StoreContracts

/// What every `AgentRegistry` promises.
enum AgentPromises {
    static let all = storing + changing + refusing + tenants

    private static func agent(_ name: String) -> AgentDefinition {
        AgentDefinition(name: name, model: "m", provider: "p", systemPrompt: "s")
    }

    private static let storing: [Promise] = [
        Promise("AR001", "a registered agent loads by the id that was returned") { world in
            let id = try await world.agents().register(agent("a"))
            let record = try present(await world.agents().loadAgent(id: id), "the agent")
            try equal(record.id, id, "the id")
            try equal(record.definition, agent("a"), "the definition")
            try equal(record.tenantID, .seed, "the tenant")
        },
        Promise("AR002", "an agent loads by the text of its id, and a text that is no id finds nothing") {
            world in
            let id = try await world.agents().register(agent("a"))
            try equal(await world.agents().loadAgent(id: id.uuidString)?.id, id, "the agent")
            try require(await world.agents().loadAgent(id: "research-brain") == nil, "there is no such agent")
        },
        Promise("AR003", "an unknown agent loads as nothing") { world in
            try require(await world.agents().loadAgent(id: UUID()) == nil, "there is no such agent")
        },
        Promise("AR004", "absent permissions permit nothing, and null is no ceiling at all") { world in
            var open = agent("open")
            open.permissions = nil
            let first = try await world.agents().register(open)
            let second = try await world.agents().register(agent("closed"))
            try equal(await world.agents().loadAgent(id: first)?.definition.permissions, nil, "no ceiling")
            try equal(
                await world.agents().loadAgent(id: second)?.definition.permissions,
                AgentPermissions(sandbox: false), "permits nothing")
        },
        Promise("AR005", "permissions with keys and a budget come back exactly") { world in
            var definition = agent("a")
            definition.permissions = AgentPermissions(
                sandbox: true, readKeys: ["*"], writeKeys: ["a", "b"], budgetUSD: 2.5)
            let id = try await world.agents().register(definition)
            try equal(await world.agents().loadAgent(id: id)?.definition, definition, "the definition")
        },
        Promise("AR006", "settings for the provider and the model preference come back") { world in
            var definition = agent("a")
            definition.providerOptions = ["p": ["effort": "high", "n": 1, "deep": [nil, 2.5]]]
            definition.modelPreference = "high"
            definition.maxOutputTokens = 4096
            let id = try await world.agents().register(definition)
            try equal(await world.agents().loadAgent(id: id)?.definition, definition, "the definition")
        },
        Promise("AR007", "tools of every kind come back in their order") { world in
            var definition = agent("a")
            definition.tools = [
                .custom("mine"), .mcp(serverID: "s", toolNames: ["x"]), .mcp(serverID: "t"),
                .builtin(.saveToMemory),
            ]
            let id = try await world.agents().register(definition)
            try equal(
                await world.agents().loadAgent(id: id)?.definition.tools, definition.tools, "the tools")
        },
        Promise("AR008", "a temperature comes back as the shortest decimal of its four bytes") { world in
            for (given, stored) in [(0.3, 0.3), (0.7, 0.7), (0.123456789, 0.12345679), (0, 0), (2, 2)] {
                var definition = agent("t\(given)")
                definition.temperature = given
                let id = try await world.agents().register(definition)
                try equal(
                    await world.agents().loadAgent(id: id)?.definition.temperature, stored, "\(given)")
            }
        },
        Promise("AR009", "agents are listed newest first, page by page") { world in
            var ids: [UUID] = []
            for name in ["a", "b", "c", "d"] {
                ids.insert(try await world.agents().register(agent(name)), at: 0)
            }
            let registry = try world.agents()
            try equal(await registry.listAgents().map(\.id), ids, "all agents")
            try equal(await registry.listAgents(Page(limit: 2)).map(\.id), Array(ids[..<2]), "the first page")
            try equal(
                await registry.listAgents(Page(limit: 2, offset: 2)).map(\.id), Array(ids[2...]),
                "the second page")
            let cursor = try present(await registry.listAgents(Page(limit: 1)).first, "the newest").cursor
            try equal(
                await registry.listAgents(Page(limit: 9, after: cursor)).map(\.id), Array(ids[1...]),
                "the page after the cursor")
        },
        Promise("AR010", "U+0000 in texts neither fails the call nor loses the rest") { world in
            var definition = agent("a\0b")
            definition.systemPrompt = "x\0"
            let id = try await world.agents().register(definition)
            let stored = try present(await world.agents().loadAgent(id: id), "the agent").definition
            try equal(stored.name, "a\u{FFFD}b", "the name")
            try equal(stored.systemPrompt, "x\u{FFFD}", "the prompt")
        },
        Promise("AR011", "of many that register one name at once, one succeeds") { world in
            let outcomes = try await world.atOnce(6) { _ in
                do {
                    _ = try await world.agents().register(agent("same"))
                    return true
                } catch let error as StoreError {
                    try equal(error.code, .alreadyExists(table: "agents", key: "same"), "the error")
                    return false
                }
            }
            try equal(outcomes.count { $0 }, 1, "agents that were registered")
        },
    ]

    private static let changing: [Promise] = [
        Promise("AR020", "an update changes the named fields alone, and the instant") { world in
            var expected = agent("a")
            expected.summary = "before"
            let id = try await world.agents().register(expected)
            var changes = AgentChanges()
            changes.maxSteps = 3
            changes.summary = .some(nil)
            try require(await world.agents().updateAgent(id: id, changes), "it was changed")
            expected.maxSteps = 3
            expected.summary = nil
            let stored = try present(await world.agents().loadAgent(id: id), "the agent")
            try equal(stored.definition, expected, "the definition")
            try require(stored.updatedAt > stored.createdAt, "updated_at has moved")
        },
        Promise("AR021", "settings for the provider survive an update of something else") { world in
            var definition = agent("a")
            definition.providerOptions = ["p": ["x": 1]]
            let id = try await world.agents().register(definition)
            var changes = AgentChanges()
            changes.name = "b"
            try await world.agents().updateAgent(id: id, changes)
            try equal(
                await world.agents().loadAgent(id: id)?.definition.providerOptions, ["p": ["x": 1]],
                "the settings")
        },
        Promise("AR022", "permissions can be taken away, to no ceiling at all") { world in
            let id = try await world.agents().register(agent("a"))
            var changes = AgentChanges()
            changes.permissions = .some(nil)
            try await world.agents().updateAgent(id: id, changes)
            try equal(await world.agents().loadAgent(id: id)?.definition.permissions, nil, "permissions")
        },
        Promise("AR023", "an update of an unknown agent changes nothing and says so") { world in
            var changes = AgentChanges()
            changes.name = "b"
            try require(await !world.agents().updateAgent(id: UUID(), changes), "nothing was changed")
            try require(
                await !world.agents().updateAgent(id: "research-brain", changes), "nothing was changed")
        },
        Promise("AR024", "an agent is deleted once") { world in
            let id = try await world.agents().register(agent("a"))
            try require(await world.agents().deleteAgent(id: id), "the first deletion says so")
            try require(await world.agents().loadAgent(id: id) == nil, "the agent is gone")
            try require(await !world.agents().deleteAgent(id: id), "the second finds nothing")
            try require(await !world.agents().deleteAgent(id: "research-brain"), "no such agent")
        },
        Promise("AR025", "the name of a deleted agent is free") { world in
            let id = try await world.agents().register(agent("a"))
            _ = try await world.agents().deleteAgent(id: id)
            _ = try await world.agents().register(agent("a"))
        },
    ]

    private static let refusing: [Promise] = [
        Promise("AR030", "a name that is taken is refused, when registering and when renaming") { world in
            _ = try await world.agents().register(agent("a"))
            let other = try await world.agents().register(agent("b"))
            let taken = StoreErrorCode.alreadyExists(table: "agents", key: "a")
            try await refused(taken, "registering") { _ = try await world.agents().register(agent("a")) }
            var rename = AgentChanges()
            rename.name = "a"
            let changes = rename
            try await refused(taken, "renaming") {
                try await world.agents().updateAgent(id: other, changes)
            }
            try equal(await world.agents().loadAgent(id: other)?.definition.name, "b", "the name")
        },
        Promise("AR031", "values out of their bounds are refused by name, and nothing is stored") { world in
            var hot = agent("a")
            hot.temperature = .nan
            var still = agent("a")
            still.maxSteps = 0
            var mute = agent("a")
            mute.maxOutputTokens = 0
            var poor = agent("a")
            poor.permissions?.budgetUSD = -1
            for (wrong, field) in [
                (hot, "temperature"), (still, "max_steps"), (mute, "max_output_tokens"), (poor, "budget_usd"),
                (agent(""), "name"),
            ] {
                try await refused(.invalidArgument(name: field), field) {
                    _ = try await world.agents().register(wrong)
                }
            }
            try equal(await world.agents().listAgents().count, 0, "agents")
        },
    ]

    private static let tenants: [Promise] = [
        Promise(
            "AR040", "agents of another tenant do not load, are not listed, changed or deleted",
            needs: [.tenants]
        ) { world in
            let (owner, stranger) = try world.tenants()
            let id = try await world.agents(owner).register(agent("a"))
            let other = try world.agents(stranger)
            try require(await other.loadAgent(id: id) == nil, "it is invisible")
            try equal(await other.listAgents().count, 0, "agents")
            var changes = AgentChanges()
            changes.name = "b"
            try require(await !other.updateAgent(id: id, changes), "nothing was changed")
            try require(await !other.deleteAgent(id: id), "nothing was deleted")
            try equal(await world.agents(owner).loadAgent(id: id)?.definition.name, "a", "the agent")
        },
        Promise("AR041", "two tenants may have agents of the same name", needs: [.tenants]) { world in
            let (owner, stranger) = try world.tenants()
            let first = try await world.agents(owner).register(agent("a"))
            let second = try await world.agents(stranger).register(agent("a"))
            try require(first != second, "they are two agents")
            try equal(await world.agents(stranger).listAgents().map(\.tenantID), [stranger], "the tenant")
        },
    ]
}
