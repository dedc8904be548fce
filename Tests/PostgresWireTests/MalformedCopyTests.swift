import PostgresWire
import TestSupport
import Testing

/// A server whose COPY contradicts the binary format.
@Suite struct MalformedCopyTests {
    /// The answers to a description of one `int4` column "n" and to the beginning of its COPY.
    private static let beginning = hex(
        """
        31 00000004 74 00000006 0000
        54 0000001a 0001 6e00 00000000 0000 00000017 0004 ffffffff 0000
        32 00000004 43 0000000d 53454c454354203000
        31 00000004 74 00000006 0000 6e 00000004 32 00000004
        48 00000009 01 0001 0001
        """)
    private static let end = hex("63 00000004 43 0000000b 434f5059203100 5a 00000005 49")
    private static let header = "5047434f50590aff0d0a00 00000000 00000000"

    /// What reading the rows of a COPY with this content comes to, and whether the connection can be used then.
    private func read(_ data: [UInt8]) async throws -> (rows: [Int32], fault: CopyFault?, isUsable: Bool) {
        let server = try ScriptedServer { session in
            try session.letIn()
            try session.receive(until: "Sync")
            let length = UInt32(data.count + 4)
            let message = [UInt8(ascii: "d")] + withUnsafeBytes(of: length.bigEndian) { Array($0) } + data
            try session.send(Self.beginning + message + Self.end)
            try session.receive(until: "Query")
            try session.send(hex("49 00000004 5a 00000005 49"))
            try session.waitForEnd()
        }
        defer { server.stop() }
        let connection = try await PostgresConnection.connect(try PostgresConfiguration(url: server.url))
        defer { connection.close() }
        var rows: [Int32] = []
        var fault: CopyFault?
        do {
            for try await row in try await connection.copyOutRows(from: "t") {
                rows.append(try row.decode(Int32.self, at: 0))
            }
        } catch {
            fault = error.cause as? CopyFault
            if error.code != .decoding { Issue.record(error) }
        }
        return (rows, fault, try await connection.script("").count == 1)
    }

    @Test func `a COPY that keeps to the format is read`() async throws {
        let (rows, fault, isUsable) = try await read(hex("\(Self.header) 0001 00000004 0000002a ffff"))
        #expect(rows == [42])
        #expect(fault == nil)
        #expect(isUsable)
    }

    @Test(arguments: [
        ("31 0a", CopyFault.badSignature),
        ("5047434f50590aff0d0a00 00010000 00000000", .unsupportedFlags(0x0001_0000)),
        ("5047434f50590aff0d0a00 00000000 00000000 0002", .columnCount(2, expected: 1)),
        ("5047434f50590aff0d0a00 00000000 00000000 0001 00000004 0000", .truncated),
        ("5047434f50590aff0d0a00 00000000 00000000 0001 00000004 0000002a", .truncated),
        ("5047434f50590aff0d0a00 00000000 00000000 ffff 00", .dataAfterEnd),
    ])
    func `a COPY that does not is a typed error, and the connection stays`(
        data: String, expected: CopyFault
    ) async throws {
        let (_, fault, isUsable) = try await read(hex(data))
        #expect(fault == expected)
        #expect(isUsable)
    }
}
