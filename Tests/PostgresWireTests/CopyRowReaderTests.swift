import PostgresProtocol
import Testing

@testable import PostgresWire

/// The data of a binary COPY, whole, cut anywhere and wrong.
@Suite struct CopyRowReaderTests {
    private static let header: [UInt8] = [
        0x50, 0x47, 0x43, 0x4f, 0x50, 0x59, 0x0a, 0xff, 0x0d, 0x0a, 0x00, 0, 0, 0, 0, 0, 0, 0, 0,
    ]
    private static let row: [UInt8] = [0, 2, 0, 0, 0, 4, 0, 0, 0, 7, 0xff, 0xff, 0xff, 0xff]
    private static let end: [UInt8] = [0xff, 0xff]

    /// The bodies of the rows in `pieces`, taken one after the other.
    private func rows(_ pieces: [[UInt8]], columns: Int = 2) throws -> [[UInt8]] {
        var reader = CopyRowReader(columns: columns)
        let storage = RowStorage(capacity: 64)
        for piece in pieces {
            try piece.withUnsafeBytes { bytes in
                try reader.received(RawSpan(_unsafeBytes: bytes), into: storage)
            }
        }
        try reader.finish()
        return (0..<storage.count).map { index in
            storage.body(of: index).withUnsafeBytes { [UInt8]($0) }
        }
    }

    @Test func `rows come out as they were sent`() throws {
        let data = Self.header + Self.row + Self.row + Self.end
        #expect(try rows([data]) == [Self.row, Self.row])
        #expect(try rows([Self.header, Self.end]) == [])
    }

    @Test func `wherever the data are cut the rows are the same`() throws {
        let data = Self.header + Self.row + Self.row + Self.end
        for cut in 0...data.count {
            #expect(try rows([Array(data[..<cut]), Array(data[cut...])]) == [Self.row, Self.row])
        }
        #expect(try rows(data.map { [$0] }) == [Self.row, Self.row])
    }

    @Test func `rows without columns are rows`() throws {
        #expect(try rows([Self.header + [0, 0, 0, 0] + Self.end], columns: 0) == [[0, 0], [0, 0]])
    }

    @Test func `an extension of the header is passed over`() throws {
        var header = Self.header
        header[18] = 3
        #expect(try rows([header + [9, 9, 9] + Self.row + Self.end]) == [Self.row])
    }

    @Test func `data that are no binary COPY are refused`() {
        #expect(throws: CopyFault.badSignature) { try rows([Array("1\ta\n".utf8)]) }
        #expect(throws: CopyFault.badSignature) { try rows([[0x50, 0x47, 0x43, 0x4f, 0x50, 0x58]]) }
        var header = Self.header
        header[12] = 1
        #expect(throws: CopyFault.unsupportedFlags(0x0001_0000)) { try rows([header]) }
        header = Self.header
        header[15] = 0xff
        #expect(throws: CopyFault.malformed(.lengthOutOfRange(-16_777_216, offset: 15))) {
            try rows([header])
        }
    }

    @Test func `rows that contradict the statement or themselves are refused`() {
        #expect(throws: CopyFault.columnCount(3, expected: 2)) { try rows([Self.header + [0, 3]]) }
        #expect(throws: CopyFault.columnCount(-2, expected: 2)) { try rows([Self.header + [0xff, 0xfe]]) }
        let negative: [UInt8] = [0, 2, 0xff, 0xff, 0xff, 0xfe]
        #expect(throws: CopyFault.malformed(.lengthOutOfRange(-2, offset: 2))) {
            try rows([Self.header + negative])
        }
    }

    @Test func `data that end too early or too late are refused`() {
        for cut in 0..<(Self.header + Self.row).count {
            #expect(throws: CopyFault.truncated) { try rows([Array((Self.header + Self.row)[..<cut])]) }
        }
        #expect(throws: CopyFault.dataAfterEnd) { try rows([Self.header + Self.end + [0]]) }
        #expect(throws: CopyFault.dataAfterEnd) { try rows([Self.header + Self.end, Self.row]) }
    }
}
