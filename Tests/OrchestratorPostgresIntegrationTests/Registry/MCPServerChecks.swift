import Foundation
import JSONModel
import Orchestrator
import PostgresWire
import StoreContracts
import TestSupport
import Testing

/// The promises of MCP server registries, by the ids of the contract.
enum MCPServerChecks {
    static func server(_ id: String) -> MCPServer {
        MCPServer(id: id, name: "Server", transport: .stdio(command: .npx, arguments: ["pkg"]))
    }

    static func remote(_ id: String, _ url: String = "https://mcp.example.com/api") -> MCPServer {
        MCPServer(id: id, name: "Server", transport: .http(url: url, headers: ["x-key": "k"]))
    }

    static let all: [BehaviourCheck] = [
        BehaviourCheck("M1", "a server of every field comes back") { backend async throws in
            let registry = backend.servers(.seed, MCPServerPolicy())
            var server = server("files-1")
            server.summary = "reads files"
            server.allowedAgents = ["a", "b"]
            server.timeout = .milliseconds(45000)
            server.transport = .stdio(command: .uvx, arguments: ["x", "-y"], environment: ["TOKEN": "t"])
            try await registry.saveServer(server)
            #expect(try await registry.loadServer(id: "files-1") == server)
        },
        BehaviourCheck("M2", "the timeout is 30 s, absent fields stay absent") { backend async throws in
            let registry = backend.servers(.seed, MCPServerPolicy())
            try await registry.saveServer(remote("web"))
            let stored = try #require(await registry.loadServer(id: "web"))
            #expect(stored.timeout == .seconds(30))
            #expect(stored.summary == nil)
            #expect(stored.allowedAgents == nil)
            var closed = remote("closed")
            closed.allowedAgents = []
            try await registry.saveServer(closed)
            #expect(try await registry.loadServer(id: "closed")?.allowedAgents == [])
        },
        BehaviourCheck("M3", "a second save replaces the server") { backend async throws in
            let registry = backend.servers(.seed, MCPServerPolicy())
            try await registry.saveServer(server("s"))
            var second = server("s")
            second.name = "Other"
            second.timeout = .milliseconds(1)
            try await registry.saveServer(second)
            #expect(try await registry.listServers() == [second])
        },
        BehaviourCheck("M4", "a command that is not admitted is refused") { _ async throws in
            let authored: JSONValue = [
                "id": "s", "name": "n", "transport": ["type": "stdio", "command": "rm", "args": ["-rf"]],
            ]
            #expect(
                await code { _ = try MCPServer(authored: authored) } == .invalidArgument(name: "mcp_server"))
        },
        BehaviourCheck("M5", "addresses of this machine and other schemes are refused") {
            backend async throws in
            let registry = backend.servers(.seed, MCPServerPolicy())
            for url in ["http://localhost:3000/", "ftp://example.com/"] {
                let refused = StoreErrorCode.invalidArgument(name: "transport.url")
                #expect(await code { try await registry.saveServer(remote("s", url)) } == refused)
            }
            #expect(try await registry.listServers().isEmpty)
            let open = backend.servers(.seed, MCPServerPolicy(allowsPrivateAddresses: true))
            try await open.saveServer(remote("s", "http://localhost:3000/"))
            #expect(try await open.loadServer(id: "s") != nil)
            #expect(
                await code { _ = try await registry.loadServer(id: "s") }
                    == .corruptRecord(table: "mcp_servers", id: "s"))
        },
        BehaviourCheck("M6", "unknown ids load nothing") { backend async throws in
            let registry = backend.servers(.seed, MCPServerPolicy())
            #expect(try await registry.loadServer(id: "none") == nil)
            #expect(try await registry.loadServer(id: "a b\0") == nil)
        },
        BehaviourCheck("M7", "a row that something else wrote is validated when it is read") {
            backend async throws in
            let registry = backend.servers(.seed, MCPServerPolicy())
            try await smuggle(["type": "stdio", "command": "rm", "args": []], into: registry, backend)
            let corrupt = StoreErrorCode.corruptRecord(table: "mcp_servers", id: "bad")
            #expect(await code { _ = try await registry.loadServer(id: "bad") } == corrupt)
            #expect(try await registry.deleteServer(id: "bad"))
        },
        BehaviourCheck("M8", "the list has every server, by id") { backend async throws in
            let registry = backend.servers(.seed, MCPServerPolicy())
            #expect(try await registry.listServers().isEmpty)
            for id in ["b", "a", "B", "_"] { try await registry.saveServer(server(id)) }
            #expect(try await registry.listServers().map(\.id) == ["B", "_", "a", "b"])
        },
        BehaviourCheck("M9", "delete tells whether there was a server") { backend async throws in
            let registry = backend.servers(.seed, MCPServerPolicy())
            try await registry.saveServer(server("s"))
            #expect(try await registry.deleteServer(id: "s"))
            #expect(try await registry.loadServer(id: "s") == nil)
            #expect(try await registry.deleteServer(id: "s") == false)
        },
        BehaviourCheck("M12", "processes can be refused, on reads too") { backend async throws in
            let registry = backend.servers(.seed, MCPServerPolicy())
            try await registry.saveServer(server("s"))
            let strict = backend.servers(.seed, MCPServerPolicy(environment: ["MCP_STDIO_DISABLED": "true"]))
            let refused = StoreErrorCode.invalidArgument(name: "transport")
            #expect(await code { try await strict.saveServer(server("t")) } == refused)
            #expect(
                await code { _ = try await strict.loadServer(id: "s") }
                    == .corruptRecord(table: "mcp_servers", id: "s"))
            try await strict.saveServer(remote("web"))
            #expect(try await strict.loadServer(id: "web") == remote("web"))
        },
        BehaviourCheck("M13", "limits of calls come back, and the list hides no invalid row") {
            backend async throws in
            let registry = backend.servers(.seed, MCPServerPolicy())
            var server = server("s")
            server.toolTimeout = .milliseconds(1500)
            server.maxConcurrentCalls = 4
            server.maxRetries = 0
            try await registry.saveServer(server)
            #expect(try await registry.listServers() == [server])
            try await smuggle(["type": "http", "url": "http://10.0.0.5/"], into: registry, backend)
            #expect(
                await code { _ = try await registry.listServers() }
                    == .corruptRecord(table: "mcp_servers", id: "bad"))
        },
        BehaviourCheck("M14", "values out of bounds are refused") { backend async throws in
            let registry = backend.servers(.seed, MCPServerPolicy())
            var slow = server("s")
            slow.timeout = .milliseconds(3_600_001)
            var now = server("s")
            now.toolTimeout = .zero
            var none = server("s")
            none.maxConcurrentCalls = 0
            var many = server("s")
            many.maxRetries = 11
            for (wrong, field) in [
                (slow, "timeout_ms"), (now, "tool_timeout_ms"), (none, "max_concurrent_calls"),
                (many, "max_retries"), (server("a b"), "id"), (server(""), "id"),
            ] {
                let refused = StoreErrorCode.invalidArgument(name: field)
                #expect(await code { try await registry.saveServer(wrong) } == refused)
            }
            #expect(try await registry.listServers().isEmpty)
        },
    ]

    /// Stores a row `bad` of the seed tenant as another program might.
    private static func smuggle(
        _ transport: JSONValue, into registry: any MCPServerRegistry, _ backend: Backend
    ) async throws {
        if let client = backend.database?.client {
            try await client.execute(
                "INSERT INTO mcp_servers (id, name, transport) VALUES ('bad', 'n', \(transport))")
        } else if let memory = registry as? InMemoryMCPServerRegistry {
            memory.smuggle(["id": "bad", "name": "n", "transport": transport], id: "bad")
        }
    }
}
