import PostgresWire
import TestSupport
import Testing

/// Rows that a COPY cannot take leave nothing behind.
@Suite struct CopyLimitIntegrationTests {
    /// A value of so many bytes, none of which is touched.
    private struct Huge: PostgresEncodable {
        static let postgresType = PostgresOID.bytea
        let byteCount: Int
        var room = 0

        func encode(into writer: inout ByteWriter) throws(EncodingFault) {
            writer.reserve(max(room, byteCount))
            writer.append(uninitialized: byteCount) { _ in }
        }
    }

    @Test func `a row that cannot be sent is a typed error, and the COPY goes on`() async throws {
        try await withOneConnection { connection in
            try await connection.execute("CREATE TEMP TABLE t (a bytea, b bytea, c text)")
            let small: [UInt8] = [1]
            let copied = try await connection.copyIn(into: "t", columns: ["a", "b", "c"]) { writer in
                try await writer.write(small, small, "first")
                let value = await errorOf {
                    try await writer.write(small, Huge(byteCount: 1 << 30), "too large a value")
                }
                #expect(value?.code == .encoding)
                #expect(value?.cause as? EncodingFault == .tooLong(bytes: 1 << 30, limit: 0x3fff_ffff))
                let half = Huge(byteCount: 600 << 20, room: 1_300 << 20)
                let row = await errorOf { try await writer.write(half, half, "too large a row") }
                #expect(row?.code == .encoding)
                #expect(row?.effect == PostgresError.Effect.none)
                let zero = await errorOf { try await writer.write(small, small, "a\0b") }
                #expect(zero?.code == .encoding)
                let width = await errorOf { try await writer.write(small, small) }
                #expect(width?.code == .unexpectedResult)
                try await writer.write(small, small, "last")
                #expect(writer.rowCount == 2)
            }
            #expect(copied == 2)
            let kept = try await connection.collect("SELECT c FROM t ORDER BY c", as: String.self)
            #expect(kept == ["first", "last"])
        }
    }
}
