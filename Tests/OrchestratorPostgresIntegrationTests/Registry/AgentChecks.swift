import Foundation
import JSONModel
import Orchestrator
import PostgresWire
import StoreContracts
import TestSupport
import Testing

/// The promises of agent registries, by the ids of the contract.
enum AgentChecks {
    static let authored: JSONValue = [
        "name": "researcher", "model": "m-large", "provider": "p", "systemPrompt": "Be brief.", "maxSteps": 7,
        "tools": ["save_to_memory", ["type": "mcp", "serverId": "web"]],
        "permissions": ["readKeys": ["goal"], "writeKeys": ["notes"]],
    ]

    static func agent(_ name: String) -> AgentDefinition {
        AgentDefinition(name: name, model: "m", provider: "p", systemPrompt: "s")
    }

    static let all: [BehaviourCheck] = [
        BehaviourCheck("A1", "register returns the id that loads") { backend async throws in
            let registry = backend.agents(.seed)
            let id = try await registry.register(agent("a"))
            #expect(try await registry.loadAgent(id: id)?.id == id)
            #expect(try await registry.loadAgent(id: id.uuidString)?.id == id)
        },
        BehaviourCheck("A2", "camelCase fields land in their places") { backend async throws in
            let registry = backend.agents(.seed)
            let id = try await registry.register(try AgentDefinition(authored: authored))
            let stored = try #require(await registry.loadAgent(id: id)).definition
            #expect(stored.systemPrompt == "Be brief.")
            #expect(stored.maxSteps == 7)
            #expect(
                stored.permissions
                    == AgentPermissions(sandbox: false, readKeys: ["goal"], writeKeys: ["notes"]))
        },
        BehaviourCheck("A3", "defaults are temperature 0.7, 10 steps, no description") {
            backend async throws in
            let registry = backend.agents(.seed)
            let id = try await registry.register(try AgentDefinition(authored: authored))
            let stored = try #require(await registry.loadAgent(id: id)).definition
            #expect(stored.temperature == 0.7)
            #expect(stored.summary == nil)
            let plain = try await registry.register(agent("plain"))
            #expect(try await registry.loadAgent(id: plain)?.definition.maxSteps == 10)
        },
        BehaviourCheck("A4", "tools are stored in their wire form") { backend async throws in
            let registry = backend.agents(.seed)
            let id = try await registry.register(try AgentDefinition(authored: authored))
            let stored = try #require(await registry.loadAgent(id: id)).definition
            #expect(stored.tools == [.builtin(.saveToMemory), .mcp(serverID: "web")])
            if let client = backend.database?.client {
                let tools = try await client.one("SELECT tools FROM agents", as: JSONValue.self)
                #expect(
                    tools == [
                        ["type": "builtin", "name": "save_to_memory"],
                        ["type": "mcp", "server_id": "web"],
                    ])
            }
        },
        BehaviourCheck("A5", "permissions with a budget come back exactly") { backend async throws in
            let registry = backend.agents(.seed)
            var definition = agent("a")
            definition.permissions = AgentPermissions(
                sandbox: true, readKeys: ["*"], writeKeys: ["a", "b"], budgetUSD: 2.5)
            let id = try await registry.register(definition)
            #expect(try await registry.loadAgent(id: id)?.definition == definition)
        },
        BehaviourCheck("A6", "settings for the provider and the model preference come back") {
            backend async throws in
            let registry = backend.agents(.seed)
            var definition = agent("a")
            definition.providerOptions = ["p": ["reasoningEffort": "high", "n": 1, "deep": [nil, 2.50]]]
            definition.modelPreference = "high"
            let id = try await registry.register(definition)
            let without = try await registry.register(agent("b"))
            #expect(try await registry.loadAgent(id: id)?.definition == definition)
            #expect(try await registry.loadAgent(id: without)?.definition.providerOptions == nil)
            #expect(try await registry.loadAgent(id: without)?.definition.modelPreference == nil)
        },
        BehaviourCheck("A8", "unknown ids and texts that are no id load nothing") { backend async throws in
            let registry = backend.agents(.seed)
            #expect(try await registry.loadAgent(id: UUID()) == nil)
            #expect(try await registry.loadAgent(id: "research-brain") == nil)
        },
        BehaviourCheck("A9", "an update changes the named fields alone") { backend async throws in
            let registry = backend.agents(.seed)
            var expected = agent("a")
            expected.summary = "before"
            let id = try await registry.register(expected)
            let first = try AgentChanges(authored: ["maxSteps": 3, "description": nil])
            #expect(try await registry.updateAgent(id: id, first))
            expected.maxSteps = 3
            expected.summary = nil
            let stored = try #require(await registry.loadAgent(id: id))
            #expect(stored.definition == expected)
            #expect(stored.updatedAt > stored.createdAt)
            #expect(try await registry.updateAgent(id: "research-brain", first) == false)
            #expect(try await registry.updateAgent(id: UUID(), first) == false)
        },
        BehaviourCheck("A10", "pages list the newest first") { backend async throws in
            let registry = backend.agents(.seed)
            var ids: [UUID] = []
            for name in ["a", "b", "c"] { ids.insert(try await registry.register(agent(name)), at: 0) }
            #expect(try await registry.listAgents().map(\.id) == ids)
            #expect(try await registry.listAgents(Page(limit: 2)).map(\.id) == Array(ids[..<2]))
            let rest = try await registry.listAgents(Page(limit: 2, offset: 2))
            #expect(rest.map(\.id) == [ids[2]])
            let first = try #require(await registry.listAgents(Page(limit: 1)).first)
            let after = try await registry.listAgents(Page(limit: 9, after: first.cursor))
            #expect(after.map(\.id) == Array(ids[1...]))
        },
        BehaviourCheck("A11", "delete tells whether there was an agent") { backend async throws in
            let registry = backend.agents(.seed)
            let id = try await registry.register(agent("a"))
            #expect(try await registry.deleteAgent(id: id))
            #expect(try await registry.loadAgent(id: id) == nil)
            #expect(try await registry.deleteAgent(id: id) == false)
            #expect(try await registry.deleteAgent(id: "research-brain") == false)
        },
        BehaviourCheck("A14", "settings for the provider survive an update of something else") {
            backend async throws in
            let registry = backend.agents(.seed)
            var definition = agent("a")
            definition.providerOptions = ["p": ["x": 1]]
            let id = try await registry.register(definition)
            var changes = AgentChanges()
            changes.temperature = 0.123456789
            #expect(try await registry.updateAgent(id: id, changes))
            let stored = try #require(await registry.loadAgent(id: id)).definition
            #expect(stored.providerOptions == ["p": ["x": 1]])
            #expect(stored.temperature == 0.12345679)
        },
        BehaviourCheck("A15", "names are unique, no permissions stay none, all fields come back") {
            backend async throws in
            let registry = backend.agents(.seed)
            var definition = agent("a")
            definition.permissions = nil
            definition.maxOutputTokens = 4096
            definition.temperature = 0.3
            definition.tools = [
                .custom("mine"), .mcp(serverID: "s", toolNames: ["x"]), .builtin(.saveToMemory),
            ]
            let id = try await registry.register(definition)
            #expect(try await registry.loadAgent(id: id)?.definition == definition)
            let taken = StoreErrorCode.alreadyExists(table: "agents", key: "a")
            #expect(await code { _ = try await registry.register(agent("a")) } == taken)
            let other = try await registry.register(agent("b"))
            var rename = AgentChanges()
            rename.name = "a"
            let changes = rename
            #expect(await code { try await registry.updateAgent(id: other, changes) } == taken)
            var open = AgentChanges()
            open.permissions = .some(nil)
            open.maxOutputTokens = 1
            #expect(try await registry.updateAgent(id: other, open))
            let stored = try #require(await registry.loadAgent(id: other)).definition
            #expect(stored.permissions == nil)
            #expect(stored.maxOutputTokens == 1)
        },
        BehaviourCheck("A16", "values out of bounds are refused and nothing is stored") {
            backend async throws in
            let registry = backend.agents(.seed)
            var hot = agent("a")
            hot.temperature = .nan
            var still = agent("a")
            still.maxSteps = 0
            var mute = agent("a")
            mute.maxOutputTokens = 0
            var poor = agent("a")
            poor.permissions?.budgetUSD = -1
            var odd = agent("a")
            odd.tools = [.custom("a b")]
            for (wrong, field) in [
                (hot, "temperature"), (still, "max_steps"), (mute, "max_output_tokens"), (poor, "budget_usd"),
                (odd, "tools"), (agent(""), "name"),
            ] {
                let refused = StoreErrorCode.invalidArgument(name: field)
                #expect(await code { _ = try await registry.register(wrong) } == refused)
            }
            #expect(try await registry.listAgents().isEmpty)
        },
        BehaviourCheck("A17", "texts with U+0000 are stored without it") { backend async throws in
            let registry = backend.agents(.seed)
            var definition = agent("a\0b")
            definition.systemPrompt = "x\0"
            definition.providerOptions = ["p": "\0"]
            let id = try await registry.register(definition)
            let stored = try #require(await registry.loadAgent(id: id)).definition
            #expect(stored.name == "a\u{FFFD}b")
            #expect(stored.systemPrompt == "x\u{FFFD}")
            #expect(stored.providerOptions == ["p": "\u{FFFD}"])
        },
    ]
}
