import JSONModel
import Orchestrator
import StoreContracts
import Testing

@Suite struct ToolSourceTests {
    private func authored(_ json: JSONValue) -> ToolSource? { try? ToolSource(authored: json) }

    @Test func `V1 built-in tools are known by name`() throws {
        for name in [
            "save_to_memory", "architect_draft_workflow", "architect_publish_workflow",
            "architect_get_workflow",
        ] {
            let source = try #require(authored(["type": "builtin", "name": .string(name)]))
            #expect(source.json == ["type": "builtin", "name": .string(name)])
        }
        #expect(authored(["type": "builtin", "name": "rm"]) == nil)
        #expect(authored(["type": "builtin"]) == nil)
    }

    @Test func `V2 servers and custom tools have plain ids`() {
        #expect(authored(["type": "mcp", "server_id": "a-b_C9"]) == .mcp(serverID: "a-b_C9"))
        #expect(
            authored(["type": "mcp", "serverId": "s", "toolNames": ["x", "y"]])
                == .mcp(serverID: "s", toolNames: ["x", "y"]))
        #expect(authored(["type": "custom", "name": "mine"]) == .custom("mine"))
        for id in ["", "a b", "a.b", "ü", "a/b", "a\0"] {
            #expect(authored(["type": "mcp", "server_id": .string(id)]) == nil)
            #expect(authored(["type": "custom", "name": .string(id)]) == nil)
            #expect(authored(.string(id)) == nil)
            #expect(authored(["mcp": .string(id)]) == nil)
        }
        #expect(authored(["type": "magic", "name": "x"]) == nil)
    }

    @Test func `short forms become what is stored`() {
        #expect(authored("save_to_memory") == .builtin(.saveToMemory))
        #expect(authored("search") == .custom("search"))
        #expect(authored(["mcp": "web"]) == .mcp(serverID: "web"))
        #expect(authored(["mcp": "web", "tool_names": ["a"]]) == .mcp(serverID: "web", toolNames: ["a"]))
        #expect(
            authored(["mcp": "web", "tools": ["b"], "toolNames": ["a"]])
                == .mcp(serverID: "web", toolNames: ["b"]))
        #expect(authored(["name": "calc", "execute": [:]]) == .custom("calc"))
        for wrong: JSONValue in [nil, 1, [], [:], ["name": "calc"], ["mcp": 1], true] {
            #expect(authored(wrong) == nil)
        }
        #expect(ToolSource.mcp(serverID: "s").json == ["type": "mcp", "server_id": "s"])
    }

    @Test func `keys of the user are not renamed`() {
        let json: JSONValue = [
            "maxSteps": 1, "systemPrompt": ["innerKey": [["deepKey": 2]]],
            "providerOptions": ["aB": ["cD": 1]],
            "snake_case": 3, "env": ["API_Key": "v"], "max_steps": 9,
        ]
        #expect(
            AuthoringKeys.remap(json) == [
                "system_prompt": ["inner_key": [["deep_key": 2]]], "provider_options": ["aB": ["cD": 1]],
                "snake_case": 3, "env": ["API_Key": "v"], "max_steps": 9,
            ])
        #expect(AuthoringKeys.snakeCase("aBCd") == "a_b_cd")
    }

    @Test func `an agent needs a list of tools, and null permissions are not absent ones`() throws {
        let base: JSONObject = [
            "name": "a", "model": "m", "provider": "p", "systemPrompt": "s", "tools": [],
        ]
        #expect(
            try AgentDefinition(authored: .object(base)).permissions == AgentPermissions(sandbox: false))
        var open = base
        open["permissions"] = .null
        #expect(try AgentDefinition(authored: .object(open)).permissions == nil)
        var without = base
        without["tools"] = nil
        let missing = JSONValue.object(without)
        #expect(throws: StoreError(.invalidArgument(name: "tools"), cause: "tools must be an array")) {
            _ = try AgentDefinition(authored: missing)
        }
        #expect(throws: StoreError.self) { _ = try AgentChanges(authored: ["tools": nil]) }
        #expect(try AgentChanges(authored: ["permissions": nil]).permissions == .some(nil))
        #expect(try AgentChanges(authored: [:]) == AgentChanges())
    }

    @Test(arguments: MCPCommand.allCases) func `V3 admitted commands start with no arguments`(
        _ command: MCPCommand
    ) throws {
        let json: JSONValue = [
            "id": "s", "name": "n", "transport": ["type": "stdio", "command": .string(command.rawValue)],
        ]
        let server = try MCPServer(authored: json)
        #expect(server.transport == .stdio(command: command))
        #expect(["npx", "node", "python3", "python", "uvx"].contains(command.rawValue))
    }

    @Test func `V4 servers behind URLs keep their headers as written`() throws {
        let server = try MCPServer(authored: [
            "id": "s", "name": "n", "timeoutMs": 5,
            "transport": ["type": "sse", "url": "https://h/", "headers": ["X-Api-Key": "k"]],
        ])
        #expect(server.transport == .sse(url: "https://h/", headers: ["X-Api-Key": "k"]))
        #expect(server.timeout == .milliseconds(5))
        #expect(throws: StoreError.self) {
            _ = try MCPServer(authored: ["id": "s", "name": "n", "transport": ["type": "http"]])
        }
    }
}
