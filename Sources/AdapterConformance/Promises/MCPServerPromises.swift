import FoundationEssentials
import JSONModel
import Orchestrator
import StoreContracts

/// What every `MCPServerRegistry` promises.
enum MCPServerPromises {
    static let all = storing + guarding + tenants

    private static func local(_ id: String) -> MCPServer {
        MCPServer(id: id, name: "Server", transport: .stdio(command: .npx, arguments: ["pkg"]))
    }

    private static func remote(
        _ id: String, _ url: String = "https://mcp.example.com/api"
    ) -> MCPServer {
        MCPServer(id: id, name: "Server", transport: .http(url: url, headers: ["x-key": "k"]))
    }

    private static let storing: [Promise] = [
        Promise("MC001", "a saved server comes back with every field") { world in
            var server = local("files-1")
            server.summary = "reads files"
            server.allowedAgents = ["a", "b"]
            server.timeout = .milliseconds(45_000)
            server.toolTimeout = .milliseconds(1_500)
            server.maxConcurrentCalls = 4
            server.maxRetries = 0
            server.transport = .stdio(command: .uvx, arguments: ["x", "-y"], environment: ["TOKEN": "t"])
            try await world.servers().saveServer(server)
            try equal(await world.servers().loadServer(id: "files-1"), server, "the server")
        },
        Promise("MC002", "absent fields stay absent, and the timeout is 30 seconds") { world in
            try await world.servers().saveServer(remote("web"))
            let stored = try present(await world.servers().loadServer(id: "web"), "the server")
            try equal(stored.timeout, .seconds(30), "the timeout")
            try equal(stored.summary, nil, "the description")
            try equal(stored.allowedAgents, nil, "the agents")
            try equal(stored.maxRetries, nil, "the retries")
        },
        Promise("MC003", "nobody allowed is not the same as nothing said") { world in
            var closed = remote("closed")
            closed.allowedAgents = []
            try await world.servers().saveServer(closed)
            try equal(await world.servers().loadServer(id: "closed")?.allowedAgents, [], "the agents")
        },
        Promise("MC004", "saving again replaces the server") { world in
            try await world.servers().saveServer(local("s"))
            var second = local("s")
            second.name = "Other"
            second.timeout = .milliseconds(1)
            try await world.servers().saveServer(second)
            try equal(await world.servers().listServers(), [second], "the servers")
        },
        Promise("MC005", "an unknown server loads as nothing") { world in
            try require(await world.servers().loadServer(id: "none") == nil, "there is no such server")
        },
        Promise("MC006", "servers are listed by id, byte by byte") { world in
            try equal(await world.servers().listServers().count, 0, "servers at first")
            for id in ["b", "a", "B", "_"] { try await world.servers().saveServer(local(id)) }
            try equal(await world.servers().listServers().map(\.id), ["B", "_", "a", "b"], "the order")
        },
        Promise("MC007", "a server is deleted once") { world in
            try await world.servers().saveServer(local("s"))
            try require(await world.servers().deleteServer(id: "s"), "the first deletion says so")
            try require(await world.servers().loadServer(id: "s") == nil, "the server is gone")
            try require(await !world.servers().deleteServer(id: "s"), "the second finds nothing")
        },
        Promise("MC008", "headers and URLs of each transport come back") { world in
            let sse = MCPServer(
                id: "sse", name: "S", transport: .sse(url: "https://example.com/sse", headers: ["a": "b"]))
            try await world.servers().saveServer(sse)
            try await world.servers().saveServer(remote("http"))
            try equal(await world.servers().loadServer(id: "sse"), sse, "the first")
            try equal(await world.servers().loadServer(id: "http"), remote("http"), "the second")
        },
    ]

    /// Addresses of this machine and of private networks, in the spellings that programs accept.
    private static let privateAddresses = [
        "http://169.254.169.254/", "http://127.0.0.1:8080/", "http://localhost:3000/", "http://10.0.0.5/",
        "http://172.16.0.1/", "http://192.168.1.1/", "http://0.0.0.0/", "http://[::1]/", "http://[fe80::1]/",
        "http://[fd00::1]/", "ftp://example.com/", "http://2130706433/", "http://0x7f000001/",
        "http://0177.0.0.1/", "http://127.1/", "http://2852039166/", "http://[::ffff:7f00:1]/",
        "http://[::ffff:169.254.169.254]/", "http://localhost./", "http://[::7f00:1]/",
        "http://[64:ff9b::7f00:1]/",
    ]

    private static let guarding: [Promise] = [
        Promise("MC020", "addresses of this machine and of private networks are refused") { world in
            for url in privateAddresses {
                try await refused(.invalidArgument(name: "transport.url"), url) {
                    try await world.servers().saveServer(remote("s", url))
                }
            }
            try equal(await world.servers().listServers().count, 0, "servers")
        },
        Promise("MC021", "public addresses and names that only look private are accepted") { world in
            let urls = [
                "https://mcp.example.com/api", "http://93.184.216.34/", "https://feature.example.com/",
                "https://fdic.gov/",
            ]
            for (index, url) in urls.enumerated() {
                try await world.servers().saveServer(remote("s\(index)", url))
            }
            try equal(await world.servers().listServers().count, urls.count, "servers")
        },
        Promise("MC022", "a policy can admit private addresses, and another refuses them when they are read")
        {
            world in
            let open = try world.servers(.seed, MCPServerPolicy(allowsPrivateAddresses: true))
            try await open.saveServer(remote("s", "http://localhost:3000/"))
            try require(await open.loadServer(id: "s") != nil, "it loads under its policy")
            try await refused(.corruptRecord(table: "mcp_servers", id: "s"), "reading under another policy") {
                _ = try await world.servers().loadServer(id: "s")
            }
        },
        Promise("MC023", "processes can be refused, when saving and when reading") { world in
            try await world.servers().saveServer(local("s"))
            let strict = try world.servers(.seed, MCPServerPolicy(allowsProcesses: false))
            try await refused(.invalidArgument(name: "transport"), "saving") {
                try await strict.saveServer(local("t"))
            }
            try await refused(.corruptRecord(table: "mcp_servers", id: "s"), "reading") {
                _ = try await strict.loadServer(id: "s")
            }
            try await strict.saveServer(remote("web"))
            try require(await strict.loadServer(id: "web") != nil, "others are admitted")
        },
        Promise("MC024", "the list hides no server that is not admitted") { world in
            let open = try world.servers(.seed, MCPServerPolicy(allowsPrivateAddresses: true))
            try await open.saveServer(remote("bad", "http://10.0.0.5/"))
            try await refused(.corruptRecord(table: "mcp_servers", id: "bad"), "the list") {
                _ = try await world.servers().listServers()
            }
            try require(await world.servers().deleteServer(id: "bad"), "it can be deleted")
        },
        Promise("MC025", "values out of their bounds are refused by name") { world in
            var slow = local("s")
            slow.timeout = .milliseconds(3_600_001)
            var now = local("s")
            now.toolTimeout = .zero
            var none = local("s")
            none.maxConcurrentCalls = 0
            var many = local("s")
            many.maxRetries = 11
            for (wrong, field) in [
                (slow, "timeout_ms"), (now, "tool_timeout_ms"), (none, "max_concurrent_calls"),
                (many, "max_retries"), (local("a b"), "id"), (local(""), "id"),
            ] {
                try await refused(.invalidArgument(name: field), field) {
                    try await world.servers().saveServer(wrong)
                }
            }
            try equal(await world.servers().listServers().count, 0, "servers")
        },
    ]

    private static let tenants: [Promise] = [
        Promise(
            "MC040", "servers of another tenant do not load, are not listed or deleted", needs: [.tenants]
        ) {
            world in
            let (owner, stranger) = try world.tenants()
            try await world.servers(owner).saveServer(local("s"))
            let other = try world.servers(stranger)
            try require(await other.loadServer(id: "s") == nil, "it is invisible")
            try equal(await other.listServers().count, 0, "servers")
            try require(await !other.deleteServer(id: "s"), "nothing was deleted")
            try equal(await world.servers(owner).loadServer(id: "s"), local("s"), "the server")
        },
        Promise(
            "MC041", "an id that belongs to another tenant is a conflict, and its server stays",
            needs: [.tenants]
        ) { world in
            let (owner, stranger) = try world.tenants()
            try await world.servers(owner).saveServer(local("s"))
            var taken = local("s")
            taken.name = "Taken"
            let other = taken
            try await refused(.tenantConflict(table: "mcp_servers", id: "s"), "saving") {
                try await world.servers(stranger).saveServer(other)
            }
            try equal(await world.servers(owner).loadServer(id: "s")?.name, "Server", "the name")
        },
    ]
}
