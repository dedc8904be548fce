import PostgresProtocol
import TestSupport
import Testing

/// Plays the login of a transcript to a startup machine and compares what it sends with what was sent.
struct LoginReplay: ~Copyable {
    private var machine: StartupMachine
    private var writer = ByteWriter()
    private var feeder = FrameFeeder()
    private var sent: [UInt8] = []

    /// Replays the login.
    ///
    /// - Returns: The machine after its ReadyForQuery.
    static func replay(
        _ transcript: Transcript, database: String = "postgres", password: String = "pencil", _ cuts: Cuts
    ) throws -> StartupMachine {
        var replay = LoginReplay(database: database, password: password)
        replay.machine.start(into: &replay.writer)
        var wanted: [UInt8] = []
        var offset = 0
        for entry in transcript.entries {
            replay.flush()
            if entry.speaker == .client {
                wanted += entry.bytes
                #expect(replay.sent == wanted)
                continue
            }
            try replay.feed(cuts.pieces(of: entry.bytes, at: offset))
            offset += entry.bytes.count
            if entry.name == "ReadyForQuery" { break }
        }
        return replay.machine
    }

    private init(database: String, password: String) {
        machine = StartupMachine(
            StartupMachine.Identity(
                user: "wire_app", password: password,
                parameters: [(name: "database", value: database), (name: "client_encoding", value: "UTF8")],
                policy: StartupPolicy(allowsCleartextPassword: false, iterations: 1...10_000),
                nonce: RawClient.nonce,
                cryptography: CachedCryptography.scram, md5Hexadecimal: { _ in "" }))
    }

    private mutating func flush() {
        sent += writer.written
        writer.removeAll()
    }

    private mutating func feed(_ pieces: [ArraySlice<UInt8>]) throws {
        for piece in pieces {
            for message in try feeder.feed(piece) {
                _ = try machine.received(message.tag, message.body.span.bytes, into: &writer)
            }
        }
    }
}
