import COpenSSL
import Locking

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Ends TLS before a server on loopback that is asked in the clear, as proxies do; clients may resume its sessions.
///
/// `@unchecked Sendable`: OpenSSL's context is not changed after `init`, and its references are counted with atomics.
package final class TLSFront: @unchecked Sendable {
    /// The files cannot be used.
    package struct Unusable: Error {}

    /// The port it listens on.
    package let port: Int
    private let target: Int
    private let listener: LoopbackListener
    private let context: OpaquePointer
    private let handshakes = Lock<[Bool]>([])

    /// For each handshake so far, whether a session was resumed in it.
    package var resumed: [Bool] { handshakes.withLock { $0 } }

    /// Listens with a certificate for clients of the server at `target`.
    package init(to target: Int, certificate: String, key: String) throws {
        guard let context = SSL_CTX_new(TLS_server_method()),
            SSL_CTX_use_certificate_chain_file(context, certificate) == 1,
            SSL_CTX_use_PrivateKey_file(context, key, SSL_FILETYPE_PEM) == 1
        else { throw Unusable() }
        self.context = context
        self.target = target
        listener = try LoopbackListener()
        port = listener.port
        Thread.detach { [self] in
            while let client = try? listener.accept() {
                Thread.detach { [self] in try? serve(client) }
            }
        }
    }

    deinit { SSL_CTX_free(context) }

    /// Refuses further connections.
    package func stop() { listener.close() }

    private func serve(_ client: LoopbackSocket) throws {
        var request: [UInt8] = []
        while request.count < 8 {
            let bytes = try client.read(8 - request.count)
            if bytes.isEmpty { return }
            request += bytes
        }
        try client.write([UInt8(ascii: "S")])
        guard let ssl = SSL_new(context) else { return }
        defer { SSL_free(ssl) }
        guard SSL_set_fd(ssl, client.descriptor) == 1, SSL_accept(ssl) == 1 else { return }
        handshakes.withLock { $0.append(SSL_session_reused(ssl) == 1) }
        let server = try LoopbackSocket.connect(port: target)
        client.waitForEver()
        server.waitForEver()
        defer {
            client.end()
            server.end()
        }
        try pass(ssl, client, server)
    }

    /// Copies in both directions until one of them ends.
    private func pass(_ ssl: OpaquePointer, _ client: LoopbackSocket, _ server: LoopbackSocket) throws {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            var sides = [client, server].map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
            if SSL_pending(ssl) == 0 { poll(&sides, 2, -1) }
            if SSL_pending(ssl) > 0 || sides[0].revents != 0 {
                let count = SSL_read(ssl, &buffer, Int32(buffer.count))
                guard count > 0 else { return }
                try server.write(buffer.prefix(Int(count)))
            }
            if sides[1].revents != 0 {
                let bytes = try server.read()
                guard !bytes.isEmpty, SSL_write(ssl, bytes, Int32(bytes.count)) > 0 else { return }
            }
        }
    }
}
