import Locking
import TestSupport

@testable import PostgresWire

/// A server that answers statements of the simple protocol and keeps what it was asked.
final class SimpleServer: Sendable {
    /// What the server does with one statement.
    enum Answer {
        case send([UInt8])
        /// Closes the connection without an answer.
        case hangUp
    }

    private final class Log: Sendable {
        let statements = Lock<[String]>([])
    }

    private let server: ScriptedServer
    private let log = Log()

    /// The statements so far.
    var statements: [String] { log.statements.withLock { $0 } }

    /// Where it listens.
    var port: Int { server.port }

    /// Ends it.
    func stop() { server.stop() }

    /// How many sessions there were.
    var connectionCount: Int { server.connectionCount }

    /// Listens.
    ///
    /// - Parameters:
    ///   - welcome: How a session begins; nil for a server that only says the least.
    ///   - answer: Is given the statement and how many were the same before it.
    /// - Throws: What a scripted server throws that finds no port.
    init(
        welcome: (@Sendable () -> [UInt8])? = nil, _ answer: @escaping @Sendable (String, Int) -> Answer
    ) throws {
        server = try ScriptedServer { [log] session in
            if let welcome {
                try session.receive(until: "StartupMessage")
                try session.send(welcome())
            } else {
                try session.letIn()
            }
            while true {
                let message = try session.receive()
                let sql = String(decoding: message.bytes.dropFirst(5).dropLast(), as: UTF8.self)
                if message.name == "Terminate" { return }
                guard message.name == "Query" else {
                    log.statements.withLock { $0.append(message.name) }
                    continue
                }
                let before = log.statements.withLock { log in
                    defer { log.append(sql) }
                    return log.count { $0 == sql }
                }
                switch answer(sql, before) {
                case .send(let bytes): try session.send(bytes)
                case .hangUp: return
                }
            }
        }
    }

    /// Runs a body with a session of this server in the statement mode `simple`.
    func withConnection<Result: Sendable>(
        mode: StatementMode = .simple, idleInTransaction: Duration? = nil,
        _ body: (PostgresConnection) async throws -> Result
    ) async throws -> Result {
        defer { server.stop() }
        var configuration = try PostgresConfiguration(url: server.url)
        configuration.statementMode = mode
        configuration.idleInTransactionTimeout = idleInTransaction
        let connection = try await PostgresConnection.connect(configuration)
        defer { connection.close() }
        return try await body(connection)
    }

    /// Answers as a server does that succeeds in everything and knows transactions.
    static func success(_ sql: String) -> Answer {
        switch sql.split(separator: " ").first {
        case "BEGIN": .send(done("BEGIN", "T"))
        case "COMMIT": .send(done("COMMIT", "I"))
        case "ROLLBACK": .send(done("ROLLBACK", "I"))
        default: .send(done("DO", "T"))
        }
    }

    /// CommandComplete and ReadyForQuery.
    static func done(_ tag: String, _ status: Character) -> [UInt8] {
        BackendBytes.message("C", Array(tag.utf8) + [0]) + ready(status)
    }

    /// ErrorResponse and ReadyForQuery.
    static func failed(_ state: String, _ status: Character) -> [UInt8] {
        error(state) + ready(status)
    }

    static func error(_ state: String) -> [UInt8] {
        BackendBytes.message("E", Array("SERROR\0VERROR\0C\(state)\0Mrefused\0\0".utf8))
    }

    static func ready(_ status: Character) -> [UInt8] {
        BackendBytes.message("Z", [status.asciiValue ?? 0])
    }
}

/// The error a call throws; nil if it throws none.
func errorOf(_ body: () async throws -> Void) async -> PostgresError? {
    do { try await body() } catch { return error as? PostgresError }
    return nil
}
