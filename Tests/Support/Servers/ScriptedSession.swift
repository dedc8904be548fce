import Locking

/// One connection of a scripted server: it sends any bytes and takes the client's messages one by one.
package final class ScriptedSession: Sendable {
    /// What a script did not expect.
    package enum Fault: Error {
        /// The client has closed the connection.
        case ended
        /// The client has sent another message than the transcript has.
        case unexpected(name: String, wanted: String)
    }

    private struct State {
        var splitter = MessageSplitter(.client)
        var waiting: [Transcript.Entry] = []
        var isReset = false
    }

    private let socket: LoopbackSocket
    private let state = Lock(State())

    /// The number of the connection, from 0.
    package let number: Int

    init(_ socket: LoopbackSocket, number: Int) {
        self.socket = socket
        self.number = number
    }

    /// Waits for the next message of the client.
    package func receive() throws -> Transcript.Entry {
        while true {
            let next = state.withLock { $0.waiting.isEmpty ? nil : $0.waiting.removeFirst() }
            if let next { return next }
            let bytes = try socket.read()
            guard !bytes.isEmpty else { throw Fault.ended }
            state.withLock { state in state.waiting += state.splitter.take(bytes) }
        }
    }

    /// Takes messages up to and including the first one of this name.
    @discardableResult
    package func receive(until name: String) throws -> [Transcript.Entry] {
        var entries: [Transcript.Entry] = []
        repeat { entries.append(try receive()) } while entries.last?.name != name
        return entries
    }

    /// Sends bytes as they are.
    package func send(_ bytes: some Collection<UInt8>) throws { try socket.write(bytes) }

    /// Sends bytes in pieces of at most `size`, each in a packet of its own as far as the system allows.
    package func send(_ bytes: [UInt8], inPiecesOf size: Int) throws {
        for start in stride(from: 0, to: bytes.count, by: size) {
            try socket.write(bytes[start..<min(start + size, bytes.count)])
        }
    }

    /// Takes the StartupMessage and lets the client in without a password.
    package func letIn() throws {
        try receive(until: "StartupMessage")
        try send(Self.welcome)
    }

    /// Takes what the client of a transcript says and sends what its server says, from the entry `first` on.
    ///
    /// Only the names of the client's messages are compared.
    package func play(_ transcript: Transcript, from first: Int = 0) throws {
        for entry in transcript.entries[first...] {
            switch entry.speaker {
            case .server: try send(entry.bytes)
            case .client:
                let message = try receive()
                guard message.name == entry.name else {
                    throw Fault.unexpected(name: message.name, wanted: entry.name)
                }
            }
        }
    }

    /// Lets the connection close with a reset in place of an end when the script returns.
    package func reset() {
        state.withLock { $0.isReset = true }
        socket.resetOnClose()
    }

    var isReset: Bool { state.withLock { $0.isReset } }

    /// Waits until the client has closed the connection.
    package func waitForEnd() throws {
        while !(try socket.read().isEmpty) {}
    }

    /// AuthenticationOk, a parameter, the cancel key and ReadyForQuery.
    private static let welcome = hex(
        """
        52 00000008 00000000
        53 00000019 636c69656e745f656e636f64696e6700 5554463800
        4b 0000000c 0000000d 01020304
        5a 00000005 49
        """)
}
