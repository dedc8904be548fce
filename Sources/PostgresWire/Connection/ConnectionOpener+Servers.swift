internal import Dispatch
internal import Locking
internal import PostgresProtocol

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Choosing among servers and among the addresses of one.
extension ConnectionOpener {
    /// Opens a session with the first server that will do.
    func openSuitable() throws(PostgresError) -> OpenedSession {
        guard configuration.targetSession == .preferStandby else {
            return try openFirst(configuration.targetSession)
        }
        do { return try openFirst(.standby) } catch { return try openFirst(.any) }
    }

    private func openFirst(_ target: TargetSession) throws(PostgresError) -> OpenedSession {
        var endpoints = configuration.endpoints
        if configuration.balancesHosts { endpoints.shuffle() }
        var last: PostgresError?
        for (index, endpoint) in endpoints.enumerated() {
            let opener = ConnectionOpener(
                configuration: configuration.at(endpoint).withStoredPassword(),
                deadline: deadline.share(of: endpoints.count - index), call: call)
            do {
                let opened = try opener.openHere()
                if target == .any { return opened }
                if try opener.role(of: opened).suits(target) { return opened }
                opened.socket.shutDown()
                last = opener.unsuitable(target)
            } catch {
                // Another server would refuse us as well, unless this one only starts or has no room.
                guard error.code != .connectionRefused || error.isTransientRefusal else { throw error }
                guard error.code != .invalidConfiguration else { throw error }
                last = error
            }
        }
        throw last ?? unreachable(ENOENT)
    }

    /// Opens a session with the one server of the configuration.
    private func openHere() throws(PostgresError) -> OpenedSession {
        guard configuration.tlsMode == .allow, !configuration.isUnixSocket else {
            return try openAnyAddress()
        }
        do {
            return try openAnyAddress()
        } catch {
            // `allow` encrypts if the server insists, which it says by refusing a session in the clear.
            guard error.sqlState == "28000" else { throw error }
            var insisting = configuration
            insisting.tls.mode = .require
            do {
                return try ConnectionOpener(configuration: insisting, deadline: deadline, call: call)
                    .openAnyAddress()
            } catch let second {
                throw second.code == .connectionRefused ? second : error
            }
        }
    }

    private func openAnyAddress() throws(PostgresError) -> OpenedSession {
        var addresses = try addresses()
        if configuration.balancesHosts { addresses.shuffle() }
        var last: PostgresError?
        for (index, address) in addresses.enumerated() {
            let share = deadline.share(of: addresses.count - index)
            switch address.connect(by: share, configuration.keepalive) {
            case .success(let socket): return try start(on: socket)
            case .failure(.timedOut): last = timedOut("connecting")
            case .failure(.system(let code)): last = unreachable(code)
            }
        }
        throw last ?? unreachable(ENOENT)
    }

    private func addresses() throws(PostgresError) -> [SocketAddress] {
        let (host, port) = (configuration.host, configuration.port)
        guard !host.utf8.contains(0), configuration.hostAddress?.utf8.contains(0) != true else {
            throw .zeroCharacter(in: "the host")
        }
        if configuration.isUnixSocket { return [try SocketAddress.unix(path: "\(host)/.s.PGSQL.\(port)")] }
        if let address = configuration.hostAddress {
            return try SocketAddress.resolve(host: address, port: port, isNumeric: true)
        }
        return try resolve(host, port)
    }

    /// Asks the system on another thread, since nothing can hurry it.
    private func resolve(_ host: String, _ port: Int) throws(PostgresError) -> [SocketAddress] {
        let answer = Lock<Result<[SocketAddress], PostgresError>?>(nil)
        let isDone = DispatchSemaphore(value: 0)
        Background.run {
            let result = Result { () throws(PostgresError) in
                try SocketAddress.resolve(host: host, port: port)
            }
            answer.withLock { $0 = result }
            isDone.signal()
        }
        let left = DispatchTimeInterval.microseconds(Int(deadline.microsecondsLeft))
        guard isDone.wait(timeout: .now() + left) == .success, let result = answer.withLock({ $0 }) else {
            throw timedOut("finding the address of the host")
        }
        return try result.get()
    }

    private func unsuitable(_ target: TargetSession) -> PostgresError {
        PostgresError(
            .connectionFailed, effect: .none,
            reason: "no server will do: \(place) is not what target_session_attrs=\(target.rawValue) asks for"
        )
    }
}

extension PostgresError {
    /// Whether the server refused only for now: it starts or stops (57P03), or has no room (53300).
    fileprivate var isTransientRefusal: Bool { sqlState == "57P03" || sqlState == "53300" }
}
