internal import Locking
internal import PostgresProtocol

/// One session with a server.
///
/// It may be used by several tasks at once: their statements are in flight together and each gets its own answer.
/// Inside of `PostgresClient.withConnection` everything runs on the loop of the connection, so that a query costs no
/// change of thread. The session ends with `close()` or with the last reference.
public final class PostgresConnection: Sendable {
    let session: Session

    init(_ session: Session) { self.session = session }

    deinit { session.close() }

    /// Opens a session.
    ///
    /// - Throws: `connectionFailed`, `connectionRefused` or `timedOut`; nothing has happened then.
    public static func connect(
        _ configuration: PostgresConfiguration
    ) async throws(PostgresError) -> PostgresConnection {
        let observation = ConnectObservation(configuration)
        do throws(PostgresError) {
            let loop = try EventLoop.any()
            let opened = try await ConnectionOpener.open(configuration)
            let connection = PostgresConnection(
                Session(opened, loop: loop, configuration: opened.configuration))
            observation?.ended(connection, opened.notices)
            return connection
        } catch {
            observation?.failed(error)
            throw error
        }
    }

    /// Ends the session.
    ///
    /// Calls that still wait fail with `connectionClosed`.
    public func close() { session.close() }

    /// Whether the session has ended, by `close()`, by the server or by an error.
    public var isClosed: Bool { session.state.withLock { $0.failure != nil } }

    /// What the server reported of a parameter, as `server_version` or `TimeZone`.
    public func parameter(_ name: String) -> String? { session.state.withLock { $0.parameters[name] } }

    /// Everything the server reported of its parameters, by name; it reports changes as they happen.
    ///
    /// Source: PostgreSQL 18 manual, "Asynchronous Operations", ParameterStatus.
    public var parameters: [String: String] { session.state.withLock { $0.parameters } }

    /// The server's version; nil if it reported none that can be read.
    public var serverVersion: PostgresServerVersion? {
        parameter("server_version").flatMap { PostgresServerVersion($0) }
    }

    /// What the prepared statements of this session have come to.
    public var statementStatistics: StatementCacheStatistics {
        session.state.withLock { $0.statements.statistics }
    }

    /// The state of the transaction after the last statement.
    public var transactionStatus: TransactionStatus {
        session.state.withLock { $0.machine.transactionStatus }
    }

    /// How the server made sure who we are: `trust`, `password`, `md5` or `scram-sha-256`.
    public var authenticationMethod: String { session.authenticationMethod }

    /// The version of the protocol that server and client have agreed on.
    public var protocolVersion: PostgresProtocolVersion { session.protocolVersion }

    /// The number of the server process, as in `pg_stat_activity.pid`.
    public var backendProcessID: Int32? { session.backendKey?.processID }

    /// The executor on whose thread the connection lives.
    public var loop: any TaskExecutor { session.loop }

    /// The server of those configured that let us in.
    public var endpoint: PostgresEndpoint {
        let configuration = session.configuration
        return PostgresEndpoint(
            host: configuration.host, port: configuration.port, address: configuration.hostAddress)
    }

    /// Whether the login was bound to the server's certificate.
    public var isChannelBound: Bool { session.isChannelBound }

    /// The encryption in use; nil for a connection in the clear.
    public var tls: TLSDescription? {
        session.socket.tls.map {
            TLSDescription(
                version: $0.version, cipher: $0.cipher, isVerified: $0.isVerified,
                isResumed: $0.isResumed, certificateExpiry: $0.certificateExpiry)
        }
    }
}
