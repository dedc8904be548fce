import PostgresProtocol
import TestSupport
import Testing

/// Traces of the recorded sessions of a real server, and of bytes that no server would send.
@Suite struct WireTracerTests {
    private static let transcripts = (try? Fixture.names(in: "wire", suffix: ".transcript")) ?? []

    private func trace(
        _ transcript: Transcript, showsValues: Bool = false, pieces: Int = .max
    ) -> [TracedMessage] {
        var tracer = WireTracer(showsValues: showsValues)
        return transcript.entries.flatMap { entry in
            take(entry.bytes, from: entry.speaker, in: pieces, &tracer)
        }
    }

    /// Gives the tracer the bytes in pieces of so many bytes.
    private func take(
        _ bytes: [UInt8], from speaker: Transcript.Speaker, in pieces: Int = .max, _ tracer: inout WireTracer
    ) -> [TracedMessage] {
        var messages: [TracedMessage] = []
        var start = 0
        while start < bytes.count {
            let end = min(bytes.count, start + min(pieces, bytes.count))
            let piece = Array(bytes[start..<end])
            messages += speaker == .client ? tracer.sent(piece.span.bytes) : tracer.received(piece.span.bytes)
            start = end
        }
        return messages
    }

    @Test(arguments: transcripts)
    func `every message of a recorded session is named and well-formed`(file: String) throws {
        let transcript = try Transcript(text: Fixture.text("wire/" + file))
        let messages = trace(transcript)
        #expect(messages.count == transcript.entries.count)
        for (message, entry) in zip(messages, transcript.entries) {
            #expect(message.sender == (entry.speaker == .client ? .frontend : .backend))
            #expect(message.byteCount == entry.bytes.count)
            #expect(message.fault == nil, "\(entry.name): \(message)")
            switch entry.name {
            case "Authentication": #expect(message.name.hasPrefix("Authentication"))
            case "PasswordOrSASL":
                #expect(["PasswordMessage", "SASLInitialResponse", "SASLResponse"].contains(message.name))
            case "EncryptionRequest":
                #expect(["SSLRequest", "GSSENCRequest"].contains(message.name))
            default: #expect(message.name == entry.name)
            }
        }
        #expect(trace(transcript, pieces: 1) == messages)
        #expect(trace(transcript, pieces: 7) == messages)
    }

    @Test func `a login is shown without its secrets`() throws {
        let transcript = try Transcript.fixture("scram-login")
        let lines = trace(transcript, showsValues: true).map(\.description)
        #expect(
            lines.prefix(7) == [
                "→ StartupMessage 62 B version=3.0 user=wire_app database=postgres client_encoding=UTF8",
                "← AuthenticationSASL 24 B mechanisms=SCRAM-SHA-256",
                "→ SASLInitialResponse 65 B mechanism=SCRAM-SHA-256 data=\"42 bytes hidden\"",
                "← AuthenticationSASLContinue 103 B data=\"94 bytes hidden\"",
                "→ SASLResponse 119 B secret=\"114 bytes hidden\"",
                "← AuthenticationSASLFinal 55 B data=\"46 bytes hidden\"",
                "← AuthenticationOk 9 B",
            ])
        #expect(lines.dropLast().last == "← ReadyForQuery 6 B transaction=none")
        #expect(lines.last == "→ Terminate 5 B")
        let key = try #require(lines.first { $0.contains("BackendKeyData") })
        #expect(key.hasSuffix(" key=\"4 bytes hidden\""))
        let everything = lines.joined(separator: "\n")
        // What the two sides exchanged: nonces, the salt, the proofs.
        let exchanged = transcript.entries.filter { ["PasswordOrSASL", "Authentication"].contains($0.name) }
        let secrets = exchanged.flatMap { $0.bytes.dropFirst(9).split { $0 == 0 || $0 == UInt8(ascii: ",") } }
            .map { String(decoding: $0, as: UTF8.self) }.filter {
                $0.count > 4 && !"SCRAM-SHA-256".hasSuffix($0)
            }
        #expect(secrets.count >= 7)
        for secret in secrets { #expect(!everything.contains(secret)) }
    }

    @Test func `a password is never shown`() {
        var tracer = WireTracer(showsValues: true)
        var writer = ByteWriter()
        writer.appendStartup(version: .v30, parameters: [("user", "u")])
        writer.appendPassword("hunter2")
        let before = tracer.received(message("R", [0, 0, 0, 3]).span.bytes)
        #expect(before.map(\.name) == ["AuthenticationCleartextPassword"])
        let messages = tracer.sent(writer.bytes)
        #expect(messages.map(\.name) == ["StartupMessage", "PasswordMessage"])
        #expect(messages.last?.description == "→ PasswordMessage 13 B secret=\"8 bytes hidden\"")
    }

    @Test func `the key of a cancel request is never shown`() throws {
        var key = ByteWriter()
        key.append(Int32(7))
        for byte in [1, 2, 3, 4] as [UInt8] { key.append(byte) }
        var writer = ByteWriter()
        writer.appendCancelRequest(try BackendKey(key.bytes))
        var tracer = WireTracer(showsValues: true)
        #expect(
            tracer.sent(writer.bytes).map(\.description) == [
                "→ CancelRequest 16 B process=7 key=\"4 bytes hidden\""
            ])
    }

    @Test func `values are shown only if they were asked for`() throws {
        let transcript = try Transcript.fixture("extended-types")
        let hidden = trace(transcript)
        let shown = trace(transcript, showsValues: true)
        let bind = try #require(hidden.first { $0.name == "Bind" })
        #expect(
            bind.details
                == "portal=\"\" statement=s1 parameters=\"4 bytes, 6 bytes, 3 bytes, NULL\" formats=binary results=binary"
        )
        let row = try #require(hidden.first { $0.name == "DataRow" })
        #expect(row.details.hasPrefix("cells=\"4 bytes, "))
        #expect(!hidden.map(\.description).joined().contains("naïve"))
        #expect(shown.first { $0.name == "DataRow" }?.details.contains("'naïve'") == true)
        #expect(shown.first { $0.name == "Bind" }?.details.contains("0x0000002a") == true)
        let parse = try #require(hidden.first { $0.name == "Parse" })
        #expect(parse.fields.first == TracedMessage.Field("statement", "s1"))
    }

    @Test func `details of errors and payloads are values too`() {
        var tracer = WireTracer()
        var body: [UInt8] = []
        for (code, text) in [("V", "ERROR"), ("C", "23505"), ("M", "duplicate"), ("D", "Key (a)=(secret)")] {
            body += Array(code.utf8) + Array(text.utf8) + [0]
        }
        let error = message("E", body + [0])
        #expect(
            tracer.received(error.span.bytes).map(\.details) == [
                "severity=ERROR code=23505 message=duplicate detail=\"16 bytes\""
            ])
        let notification = message("A", [0, 0, 0, 9] + Array("news".utf8) + [0] + Array("secret".utf8) + [0])
        #expect(
            tracer.received(notification.span.bytes).map(\.details) == [
                "process=9 channel=news payload=\"6 bytes\""
            ])
    }

    @Test func `the answer to a request for encryption is a message of one byte`() {
        var tracer = WireTracer()
        var writer = ByteWriter()
        writer.appendSSLRequest()
        #expect(tracer.sent(writer.bytes).map(\.description) == ["→ SSLRequest 8 B"])
        #expect(
            tracer.received(([0x53] as [UInt8]).span.bytes).map(\.description) == [
                "← EncryptionAnswer 1 B answer=\"the server will speak TLS\""
            ])
    }

    @Test func `a line stays one line`() {
        let message = TracedMessage(
            .frontend, "Query", byteCount: 9, fields: [.init("sql", "a\n\u{1B}[31m\"b\"\\")])
        #expect(message.details == #"sql="a\n\u{1b}[31m\"b\"\\""#)
    }

    @Test func `malformed messages are shown as such`() {
        var tracer = WireTracer()
        let row = message("D", [0, 2, 0, 0, 0, 9, 1])
        #expect(
            tracer.received(row.span.bytes).map(\.description) == [
                "← DataRow 12 B malformed: the data end too early: 9 bytes needed at offset 6, 1 left"
            ])
        let unknown = message("?", [1])
        #expect(tracer.received(unknown.span.bytes).map(\.name) == ["unknown"])
        let short: [UInt8] = [0x5A, 0, 0, 0, 3]
        let lost = tracer.received(short.span.bytes)
        #expect(lost.map(\.name) == ["unreadable"])
        #expect(lost.first?.fault == .lengthOutOfRange(3, offset: 1))
        #expect(tracer.received(message("Z", [0x49]).span.bytes) == [])
    }

    @Test func `of a large message only the beginning is kept`() {
        var tracer = WireTracer(showsValues: true)
        let large = message("d", [UInt8](repeating: 0x41, count: 200_000))
        var messages = take(large, from: .server, in: 30_000, &tracer)
        messages += tracer.received(message("Z", [0x49]).span.bytes)
        #expect(
            messages.map(\.description) == [
                "← CopyData 200005 B body=\"200000 bytes, too large to be shown\"",
                "← ReadyForQuery 6 B transaction=none",
            ])
    }

    @Test func `damaged sessions never trap`() throws {
        var faults = 0
        for file in Self.transcripts {
            let transcript = try Transcript(text: Fixture.text("wire/" + file))
            for seed in 0..<40 as Range<UInt64> {
                var random = SeededGenerator(seed: seed)
                var tracer = WireTracer(showsValues: seed % 2 == 0)
                for entry in transcript.entries {
                    var bytes = entry.bytes
                    if random.below(4) == 0 { bytes[random.below(bytes.count)] = UInt8(random.below(256)) }
                    if random.below(12) == 0 { bytes.removeLast(random.below(bytes.count)) }
                    let messages = take(bytes, from: entry.speaker, &tracer)
                    faults += messages.count { $0.fault != nil }
                    for message in messages { #expect(!message.description.contains("\n")) }
                }
            }
        }
        #expect(faults > 1_000)
    }

    private func message(_ type: Character, _ body: [UInt8]) -> [UInt8] {
        var writer = ByteWriter()
        writer.append(type.asciiValue ?? 0)
        writer.append(Int32(body.count + 4))
        writer.append(bytes: body.span.bytes)
        return writer.bytes.withUnsafeBytes { Array($0) }
    }
}
