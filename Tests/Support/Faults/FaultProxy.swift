import Locking

/// A proxy on the loopback address that stands between a client and a real server and misbehaves on purpose.
///
///     try await FaultProxy.between(url, [.cut(.inside("DataRow", 3), .reset)]) { proxy in
///         let error = await #expect(throws: PostgresError.self) { try await work(proxy.url) }
///     }
///
/// It knows messages as long as the connection is not encrypted. Every connection has two threads of its own, which
/// end with it or with the proxy.
package final class FaultProxy: Sendable {
    private struct State {
        var connections: [Int: FaultConnection] = [:]
        var count = 0
        var isSilent = false
    }

    private let listener: LoopbackListener
    private let serverPort: Int
    private let faults: [Fault]
    private let state = Lock(State())
    /// The server's URL with the port of this proxy.
    package let url: String

    /// Where clients connect, at 127.0.0.1.
    package var port: Int { listener.port }

    /// How many connections have come.
    package var connectionCount: Int { state.withLock { $0.count } }

    /// Begins to listen before the server at `url`, which is one on the loopback address.
    package init(_ url: String, _ faults: [Fault]) throws {
        listener = try LoopbackListener()
        let place = try FaultProxy.port(in: url)
        serverPort = place.port
        self.url = url.replacing(place.text, with: "\(place.host):\(listener.port)", maxReplacements: 1)
        self.faults = faults
        Thread.detach { [self] in serve() }
    }

    /// Runs a body with a proxy before the server at `url`, which ends afterwards.
    package static func between<Result: Sendable>(
        _ url: String, _ faults: [Fault], _ body: (FaultProxy) async throws -> Result
    ) async throws -> Result {
        let proxy = try FaultProxy(url, faults)
        defer { proxy.stop() }
        return try await body(proxy)
    }

    /// Lets nothing through from now on, in any direction, on this connection or a later one; all stay open.
    package func fallSilent() { state.withLock { $0.isSilent = true } }

    /// Refuses further connections and ends those that are open.
    package func stop() {
        listener.close()
        let connections = state.withLock { state in
            defer { state.connections = [:] }
            return Array(state.connections.values)
        }
        for connection in connections { connection.end() }
    }

    var isSilent: Bool { state.withLock { $0.isSilent } }

    func forget(_ number: Int) { state.withLock { $0.connections[number] = nil } }

    private func serve() {
        while let client = try? listener.accept() {
            // Without a server the client is hung up on, as by a port that nobody listens to.
            guard let server = try? LoopbackSocket.connect(port: serverPort) else { continue }
            let number = state.withLock { state in
                state.count += 1
                return state.count - 1
            }
            let suffering = faults.filter { $0.connections?.contains(number) ?? true }
            let connection = FaultConnection(number, client, server, suffering, self)
            state.withLock { $0.connections[number] = connection }
            connection.start()
        }
    }

    /// The host and port of a URL, as they stand in it.
    private static func port(in url: String) throws -> (text: String, host: Substring, port: Int) {
        let rest = url.split(separator: "@", maxSplits: 1).last ?? ""
        let place = rest.prefix { $0 != "/" && $0 != "?" }
        guard let colon = place.lastIndex(of: ":"), let port = Int(place[place.index(after: colon)...]) else {
            throw LoopbackSocket.Fault(call: "the URL names no port", code: 0)
        }
        return (String(place), place[..<colon], port)
    }
}
