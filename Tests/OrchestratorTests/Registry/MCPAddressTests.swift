import Orchestrator
import StoreContracts
import Testing

@Suite struct MCPAddressTests {
    private func objection(_ url: String, _ policy: MCPServerPolicy = MCPServerPolicy()) -> String? {
        MCPAddressGuard.objection(to: url, under: policy)
    }

    @Test(arguments: [
        "http://169.254.169.254/", "http://127.0.0.1:8080/", "http://localhost:3000/", "http://10.0.0.5/",
        "http://172.16.0.1/", "http://192.168.1.1/", "http://0.0.0.0/", "http://[::1]/", "http://[fe80::1]/",
        "http://[fd00::1]/", "ftp://mcp.example.com/", "http://2130706433/", "http://0x7f000001/",
        "http://0177.0.0.1/", "http://127.1/", "http://2852039166/", "http://[::ffff:7f00:1]/",
        "http://[::ffff:169.254.169.254]/",
    ])
    func `V5 addresses that lead inside are refused`(_ url: String) {
        #expect(objection(url) != nil)
    }

    @Test(arguments: [
        "https://mcp.example.com/api", "http://93.184.216.34/", "https://feature.example.com",
        "https://fdic.gov/",
        "https://fc-api.example.com:8443/x?y=http://10.0.0.1/", "https://feb.example.com./",
        "http://172.32.0.1/", "http://100.128.0.1/", "http://11.0.0.1/", "http://192.0.1.1/",
        "http://198.20.0.1/",
        "http://223.255.255.255/", "http://[2606:2800:220:1:248:1893:25c8:1946]:80/",
        "http://[::ffff:93.184.216.34]/", "http://[64:ff9b::5db8:d822]/", "http://[2002:5db8:d822::]/",
        "https://user:pass@mcp.example.com/", "HTTPS://MCP.EXAMPLE.COM/", "http://a_b.example.com",
        "http://0x7f.example.com/",
    ])
    func `V6 V8 public addresses are admitted`(_ url: String) {
        #expect(objection(url) == nil)
    }

    @Test(arguments: [
        "http://localhost./", "http://a.LOCALHOST:1/", "http://[::7f00:1]/", "http://[::]/",
        "http://[64:ff9b::7f00:1]/", "http://[64:ff9b:1::5db8:d822]/", "http://[2002:7f00:1::]/",
        "http://[2002:a00:5::1]/", "http://[::ffff:0:7f00:1]/", "http://[fec0::1]/", "http://[feff::1]/",
        "http://[fc00::1]/", "http://[ff02::1]/", "http://[2001::1]/", "http://224.0.0.1/",
        "http://255.255.255.255/", "http://192.0.0.8/", "http://198.18.0.1/", "http://198.19.255.255/",
        "http://240.0.0.1/", "http://100.64.0.1/", "http://100.127.255.255/", "http://172.31.255.255/",
        "http://127.0.0.1./", "http://0x7f.1/", "http://0/", "http://0x/", "http://017700000001/",
        "http://[0:0:0:0:0:0:0:1]/", "http://[::127.0.0.1]/", "http://[fe80::1%25eth0]/",
        "http://example.com@127.0.0.1/",
    ])
    func `V8 the holes of the original are closed`(_ url: String) {
        #expect(objection(url) != nil)
    }

    @Test(arguments: [
        "", "mcp.example.com", "/api", "http:mcp.example.com", "http:/mcp.example.com", "http://",
        "http:///x",
        "http://mcp.example.com\\@localhost/", "http:\\\\localhost/", "http://loc%61lhost/",
        "http://ⓛocalhost/",
        "http://１２７.0.0.1/", "http://exa mple.com/", "http://local\thost/", "http://a..b/", "http://a../",
        "http://1.2.3.999/", "http://1.2.3.4.5/", "http://08.1.1.1/", "http://256.1.1.1/",
        "http://4294967296/",
        "http://a.1/", "http://a.0x1/", "http://a@b@c/", "http://[::1/", "http://[1:2:3:4:5:6:7]/",
        "http://[1::2::3]/", "http://[::1.2.3]/", "http://[::01.2.3.4]/", "http://[12345::]/",
        "http://[:::]/",
        "http://h:65536/", "http://h:8o/", "http://[::2]x/", "1http://h/", "http://h\u{0}/",
    ])
    func `addresses that can be read in two ways, or in none, are refused`(_ url: String) {
        #expect(objection(url) == "it is not an absolute URL in plain ASCII")
    }

    @Test func `V7 the environment admits private addresses only by the exact word`() {
        let open = MCPServerPolicy(environment: ["CYCGRAPH_ALLOW_PRIVATE_MCP_URLS": "true"])
        #expect(objection("http://localhost:3000/", open) == nil)
        #expect(objection("ftp://10.0.0.1/", open) == nil)
        #expect(objection("no url", open) != nil)
        for word in ["TRUE", "1", "yes", ""] {
            let closed = MCPServerPolicy(environment: ["CYCGRAPH_ALLOW_PRIVATE_MCP_URLS": word])
            #expect(objection("http://localhost:3000/", closed) != nil)
        }
    }

    @Test func `every first byte of an address is judged by its network`() {
        let blocked = Set([0, 10, 127] + Array(224...255))
        for first in 0...255 {
            #expect((objection("http://\(first).1.2.3/") != nil) == blocked.contains(first), "\(first)")
        }
    }

    @Test func `a transport shows nothing that may be secret`() {
        let transport = MCPTransport.http(url: "https://u:pw@h/", headers: ["authorization": "Bearer abc"])
        let process = MCPTransport.stdio(command: .npx, arguments: ["--key=abc"], environment: ["K": "abc"])
        for shown in [transport, process] {
            var text = "\(shown) \(String(reflecting: shown))"
            dump(shown, to: &text)
            dump(MCPServer(id: "s", name: "n", transport: shown), to: &text)
            #expect(!text.contains("abc") && !text.contains("pw"))
        }
    }

    @Test func `an address that is refused is not repeated in the error`() {
        let server = MCPServer(
            id: "s", name: "n", transport: .sse(url: "http://user:hunter2@localhost/"))
        do {
            try server.validate(under: MCPServerPolicy())
            Issue.record("it was admitted")
        } catch {
            #expect(error.code == .invalidArgument(name: "transport.url"))
            #expect(!"\(error)".contains("hunter2"))
        }
    }
}
