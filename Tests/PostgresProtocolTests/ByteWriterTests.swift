import PostgresProtocol
import TestSupport
import Testing

@Suite struct ByteWriterTests {
    @Test func `integers are written big-endian`() {
        var writer = ByteWriter()
        writer.append(UInt8(1))
        writer.append(Int16(-2))
        writer.append(Int32(3))
        writer.append(Int64(-4))
        #expect(writer.written == hex("01 fffe 00000003 fffffffffffffffc"))
        #expect(writer.count == 15)
    }

    @Test func `texts and lengths`() {
        var writer = ByteWriter()
        let position = writer.beginLength()
        writer.append(utf8: "é")
        writer.append(zeroTerminated: "ab")
        writer.endLength(at: position)
        #expect(writer.written == hex("00000005 c3a9 616200"))
        writer.endMessage(at: position)
        #expect(writer.written == hex("00000009 c3a9 616200"))
    }

    @Test func `memory grows and what was written stays`() {
        var writer = ByteWriter(capacity: 1)
        for number in 0..<10_000 { writer.append(UInt32(number)) }
        let bytes = writer.written
        #expect(bytes.count == 40_000)
        #expect(Array(bytes[39_996...]) == hex("0000270f"))
        #expect(Array(bytes[..<8]) == hex("00000000 00000001"))
    }

    @Test func `bytes leave at the front and at the end`() {
        var writer = ByteWriter()
        writer.append(utf8: "abcdefghij")
        writer.removeFirst(3)
        #expect(writer.written == Array("defghij".utf8))
        writer.truncate(to: 2)
        #expect(writer.written == Array("de".utf8))
        writer.removeFirst(2)
        #expect(writer.written.isEmpty)
        writer.append(uninitialized: 2) { $0.copyBytes(from: [7, 8]) }
        #expect(writer.written == [7, 8])
        writer.removeAll()
        writer.shrink(to: 64)
        writer.append(UInt8(9))
        #expect(writer.written == [9])
    }

    @Test func `an empty buffer appends nothing`() {
        var writer = ByteWriter()
        writer.append(buffer: UnsafeRawBufferPointer(start: nil, count: 0))
        writer.append(utf8: "")
        #expect(writer.written.isEmpty)
    }
}
