internal import Dispatch
internal import PostgresProtocol

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Opens sessions on a Dispatch queue: name resolution, connecting and SCRAM block or burn CPU, so they stay
/// away from the loops.
///
/// One deadline covers everything.
struct ConnectionOpener {
    let configuration: PostgresConfiguration
    let deadline: Deadline
    /// Whose socket is shut down if its caller is cancelled.
    var call: OpeningCall?

    /// Opens a session without blocking the caller's thread; a cancelled caller goes at once.
    static func open(_ configuration: PostgresConfiguration) async throws(PostgresError) -> OpenedSession {
        let deadline = Deadline(after: configuration.connectTimeout)
        let complete = try await configuration.withProvidedPassword()
        let call = OpeningCall()
        let result = await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                guard call.begin(continuation) else { return }
                Background.run {
                    let opener = ConnectionOpener(configuration: complete, deadline: deadline, call: call)
                    call.finish(Result { () throws(PostgresError) in try opener.openSuitable() })
                }
            }
        } onCancel: {
            call.cancel()
        }
        return try result.get()
    }

    /// Sends a cancel request to the peer of `session` and waits, at most ten seconds, until the server has closed.
    ///
    /// Returns whether the request has left.
    static func sendCancelRequest(
        _ key: BackendKey, to session: Socket, _ configuration: PostgresConfiguration
    ) -> Bool {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let result = withUnsafeMutablePointer(to: &storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                getpeername(session.descriptor, $0, &length)
            }
        }
        guard result == 0 else { return false }
        let bytes = withUnsafeBytes(of: storage) { Array($0.prefix(Int(length))) }
        let address = SocketAddress(family: Int32(storage.ss_family), bytes: bytes)
        let opener = ConnectionOpener(configuration: configuration, deadline: Deadline(after: .seconds(10)))
        guard case .success(let plain) = address.connect(by: opener.deadline, configuration.keepalive) else {
            return false
        }
        // The secret must not be seen by those who could not see the session.
        guard
            let socket = session.tls == nil ? opener.shown(plain) : try? opener.encrypted(opener.shown(plain))
        else { return false }
        guard session.tls == nil || socket.tls != nil else { return false }
        var writer = ByteWriter(capacity: 64)
        writer.appendCancelRequest(key)
        do { guard try opener.send(&writer, on: socket) == nil else { return false } } catch { return false }
        var byte: UInt8 = 0
        while opener.waitUntilReady(.read, socket) {
            let outcome = withUnsafeMutableBytes(of: &byte) { socket.receive($0) }
            switch outcome {
            case .bytes, .wouldBlock: continue
            case .end, .failed, .failedTLS: return true
            }
        }
        return true
    }

    func start(on plain: Socket) throws(PostgresError) -> OpenedSession {
        if call?.adopt(plain) == false { throw .cancelledBeforeStart }
        let socket = try encrypted(shown(plain))
        do { return try logIn(on: socket) } catch {
            // The certificate that the login is bound to may be another one since the session that was resumed.
            socket.tls?.forgetTickets()
            throw error
        }
    }

    private func logIn(on socket: Socket) throws(PostgresError) -> OpenedSession {
        var machine = StartupMachine(try identity(on: socket))
        var writer = ByteWriter(capacity: 512)
        var input = InputBuffer()
        machine.start(into: &writer)
        var opener = self
        var loss = try send(&writer, on: socket)
        while true {
            // Why the server closed may be there to read, but it will not say it later.
            if loss != nil { opener = ConnectionOpener(configuration: configuration, deadline: lastWords) }
            let limit =
                machine.isAuthenticated
                ? FrameHeader.maximumBodyBytes : FrameHeader.maximumBodyBytesBeforeAuthentication
            switch try step(&machine, &input, &writer, limit: limit) {
            case .ready:
                return OpenedSession(
                    configuration: configuration, socket: socket, protocolVersion: machine.protocolVersion,
                    backendKey: machine.backendKey,
                    parameters: machine.parameters,
                    notices: machine.notices, authenticationMethod: machine.authenticationMethod,
                    isChannelBound: machine.channelBinding.mechanism == SCRAMExchange.mechanismPlus,
                    unread: input.bytes.withUnsafeBytes { Array($0) })
            case .send: loss = try opener.send(&writer, on: socket)
            case .wait: break
            case nil:
                do throws(PostgresError) {
                    try opener.receive(into: &input, from: socket)
                } catch {
                    guard let loss, error.code == .timedOut else { throw error }
                    throw unreachable(loss)
                }
            }
        }
    }

    /// The same connection, shown to whoever the configuration names.
    private func shown(_ socket: Socket) -> Socket {
        configuration.wireTrace.map { Socket(socket, shownTo: $0) } ?? socket
    }

    /// Gives the machine the next frame; nil while it is not complete.
    private func step(
        _ machine: inout StartupMachine, _ input: inout InputBuffer, _ writer: inout ByteWriter, limit: Int
    ) throws(PostgresError) -> StartupMachine.Action? {
        do {
            guard let header = try FrameHeader.read(input.bytes, limit: limit) else { return nil }
            let end = FrameHeader.byteCount + header.bodyBytes
            guard input.count >= end else { return nil }
            defer { input.consume(end) }
            return try machine.received(
                header.tag, input.bytes.extracting(FrameHeader.byteCount..<end), into: &writer)
        } catch let fault as StartupFault {
            throw PostgresError.refused(fault, configuration)
        } catch let fault as WireFault {
            throw PostgresError.refused(.malformed(fault), configuration)
        } catch {
            throw unreachable(EPROTO)
        }
    }

    /// How long a server that takes nothing any more is listened to.
    private var lastWords: Deadline { deadline.atMost(.milliseconds(250)) }

    /// Waits within the deadline, which a peer that never stops to send cannot put off.
    func waitUntilReady(_ interest: Interest, _ socket: Socket) -> Bool {
        let left = deadline.microsecondsLeft
        return left > 0 && socket.waitUntilReady(interest, microseconds: left)
    }

    /// Sends everything; returns the system's code if the peer takes nothing any more.
    func send(_ writer: inout ByteWriter, on socket: Socket) throws(PostgresError) -> Int32? {
        while writer.count > 0 {
            switch writer.bytes.withUnsafeBytes({ socket.send($0) }) {
            case .bytes(let count): writer.removeFirst(count)
            case .wouldBlock:
                guard waitUntilReady(.write, socket) else { throw timedOut("the start of the session") }
            case .end: return EPIPE
            case .failed(let code): return code
            case .failedTLS(let reason): throw insecure(.handshake(reason))
            }
        }
        return nil
    }

    func receive(into input: inout InputBuffer, from socket: Socket) throws(PostgresError) {
        guard waitUntilReady(.read, socket) else {
            throw timedOut("the start of the session")
        }
        var outcome = Socket.Outcome.wouldBlock
        _ = input.fill { free in
            outcome = socket.receive(free)
            if case .bytes(let count) = outcome { return count }
            return 0
        }
        switch outcome {
        case .bytes, .wouldBlock: return
        case .end:
            throw PostgresError(
                .connectionFailed, effect: .none,
                reason:
                    "\(place) closed the connection during the start. Check that it is a PostgreSQL server")
        case .failed(let code): throw unreachable(code)
        case .failedTLS(let reason): throw insecure(.handshake(reason))
        }
    }

    private func identity(on socket: Socket) throws(PostgresError) -> StartupMachine.Identity {
        var parameters: [(name: String, value: String)] = [
            ("database", configuration.database ?? configuration.user), ("client_encoding", "UTF8"),
        ]
        if let name = configuration.applicationName { parameters.append(("application_name", name)) }
        for (name, value) in configuration.runtimeParameters.sorted(by: { $0.key < $1.key }) {
            parameters.append((name, value))
        }
        let texts =
            parameters.flatMap { [$0.name, $0.value] } + [configuration.user, configuration.password ?? ""]
        guard !texts.contains(where: { $0.utf8.contains(0) }) else {
            throw .zeroCharacter(in: "a connection parameter")
        }
        try Self.check(parameters, configuration.user)
        let (oldest, newest) = (configuration.minimumProtocolVersion, configuration.maximumProtocolVersion)
        guard oldest <= newest else {
            throw PostgresError(
                .invalidConfiguration, effect: .none,
                reason: "maximumProtocolVersion is older than minimumProtocolVersion")
        }
        let isVerified = socket.tls?.isVerified == true
        let isTrusted = isVerified || configuration.isLocal
        let required = configuration.requiredAuthentication
        let iterations = configuration.allowedSCRAMIterations
        return StartupMachine.Identity(
            user: configuration.user, password: configuration.password, parameters: parameters,
            policy: StartupPolicy(
                // An impostor would ask for no proof at all.
                methods: required ?? (isTrusted ? Set(StartupPolicy.Method.allCases) : Self.proving),
                channelBinding: configuration.channelBinding,
                allowsCleartextPassword: isTrusted || required?.contains(.password) == true,
                iterations: isVerified ? min(1, iterations.upperBound)...iterations.upperBound : iterations,
                versions: oldest...newest),
            isEncrypted: socket.tls != nil, serverEndPoint: socket.tls?.channelBinding,
            keyCache: configuration.saltedPasswords?.cache(for: configuration.password ?? ""),
            nonce: Self.nonce(), cryptography: OpenSSLCryptography.scram,
            md5Hexadecimal: OpenSSLCryptography.md5Hexadecimal)
    }

    /// Checks what the server would refuse without saying why.
    ///
    /// Source: PostgreSQL 18, `MAX_STARTUP_PACKET_LENGTH`.
    private static func check(
        _ parameters: [(name: String, value: String)], _ user: String
    ) throws(PostgresError) {
        let fixed = 4 + 4 + "user".utf8.count + user.utf8.count + 2 + 1
        let size = parameters.reduce(fixed) { $0 + $1.name.utf8.count + $1.value.utf8.count + 2 }
        guard size <= 10_000, !parameters.contains(where: \.name.isEmpty) else {
            throw PostgresError(
                .encoding, effect: .none,
                reason: "the parameters of a session need names and may have 10,000 bytes in all."
                    + " Set them after the start, or for the role")
        }
    }

    /// The ways that do not let just anybody pass for the server, or learn the password at once.
    private static let proving: Set<StartupPolicy.Method> = [.password, .md5, .scramSHA256]

    private static func nonce() -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
        return String(
            decoding: OpenSSLCryptography.random(count: 32).map { alphabet[Int($0 & 63)] }, as: UTF8.self)
    }

    var place: String {
        PostgresEndpoint(host: configuration.host, port: configuration.port).description
    }

    func unreachable(_ code: Int32) -> PostgresError {
        PostgresError(
            .connectionFailed, effect: .none,
            reason:
                "\(place) cannot be reached (\(errorText(code))). Check host and port and that the server runs"
        )
    }

    func timedOut(_ what: String) -> PostgresError {
        PostgresError(
            .timedOut, effect: .none,
            reason: "\(what) took longer than \(configuration.connectTimeout) at \(place)")
    }
}
