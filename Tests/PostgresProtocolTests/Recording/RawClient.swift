import PostgresProtocol
import TestSupport

/// A client made of the protocol's parts and a blocking socket, to say exactly what a test wants.
final class RawClient {
    /// The client's part of the SCRAM nonce, always the same, so that a recorded login can be replayed.
    static let nonce = "fixed-nonce-of-the-recorded-client"

    private let socket: LoopbackSocket
    private var writer = ByteWriter()
    private var feeder = FrameFeeder()
    private var waiting: [Message] = []

    /// Connects and logs in.
    init(port: Int, user: String, password: String, database: String) throws {
        socket = try LoopbackSocket.connect(port: port)
        let identity = StartupMachine.Identity(
            user: user, password: password,
            parameters: [(name: "database", value: database), (name: "client_encoding", value: "UTF8")],
            policy: StartupPolicy(allowsCleartextPassword: false, iterations: 1...10_000), nonce: Self.nonce,
            cryptography: CachedCryptography.scram, md5Hexadecimal: { _ in "" })
        var machine = StartupMachine(identity)
        machine.start(into: &writer)
        var action = StartupMachine.Action.send
        while action != .ready {
            if action == .send { try flush() }
            let message = try receive()
            action = try machine.received(message.tag, message.body.span.bytes, into: &writer)
        }
    }

    /// Sends what `write` appends.
    func send(_ write: (inout ByteWriter) -> Void) throws {
        write(&writer)
        try flush()
    }

    /// Takes the next message.
    func receive() throws -> Message {
        while waiting.isEmpty {
            let bytes = try socket.read()
            guard !bytes.isEmpty else { throw ScriptedSession.Fault.ended }
            waiting = try feeder.feed(bytes)
        }
        return waiting.removeFirst()
    }

    /// Takes messages up to and including the next one of this type.
    func receive(until tag: BackendTag) throws {
        while try receive().tag != tag {}
    }

    /// Sends a Query and waits for its end.
    func simple(_ sql: String) throws {
        try send { $0.appendQuery(sql) }
        try receive(until: .readyForQuery)
    }

    /// Says goodbye and waits until the server has closed the connection.
    func terminate() throws {
        try send { $0.appendTerminate() }
        while !(try socket.read().isEmpty) {}
    }

    private func flush() throws {
        try socket.write(writer.written)
        writer.removeAll()
    }
}

extension ByteWriter {
    /// Appends Parse, Describe, Bind and Execute of a statement, without the Sync.
    mutating func appendStatement(
        _ sql: String, name: String = "", types: [UInt32] = [], parameters: [[UInt8]?] = [],
        maximumRows: Int32 = 0
    ) {
        appendParse(statement: name, sql: sql, parameterTypes: types)
        appendDescribe(statement: name)
        appendExecution(name: name, parameters: parameters, maximumRows: maximumRows)
    }

    /// Appends Bind and Execute of a statement that is parsed already.
    mutating func appendExecution(name: String, parameters: [[UInt8]?] = [], maximumRows: Int32 = 0) {
        var fields = ByteWriter()
        for parameter in parameters {
            guard let parameter else {
                fields.append(Int32(-1))
                continue
            }
            fields.append(Int32(parameter.count))
            fields.append(bytes: parameter.span.bytes)
        }
        appendBind(
            statement: name, formats: [], parameterCount: parameters.count, fields: fields.bytes,
            resultFormat: .binary)
        appendExecute(maximumRows: maximumRows)
    }
}
