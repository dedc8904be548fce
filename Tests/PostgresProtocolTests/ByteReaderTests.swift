import PostgresProtocol
import TestSupport
import Testing

@Suite struct ByteReaderTests {
    @Test func `integers are big-endian`() throws {
        let bytes = hex("01 0203 04050607 08090a0b0c0d0e0f ffff")
        var reader = ByteReader(bytes.span.bytes)
        #expect(try reader.integer(UInt8.self) == 1)
        #expect(try reader.integer(UInt16.self) == 0x0203)
        #expect(try reader.integer(Int32.self) == 0x0405_0607)
        #expect(try reader.integer(UInt64.self) == 0x0809_0a0b_0c0d_0e0f)
        #expect(try reader.integer(Int16.self) == -1)
        #expect(reader.remaining == 0)
        try reader.finish()
    }

    @Test func `an integer that is cut off says what is missing`() throws {
        let bytes = hex("00 010203")
        var reader = ByteReader(bytes.span.bytes)
        _ = try reader.integer(UInt8.self)
        #expect(reader.offset == 1)
        do {
            _ = try reader.integer(Int32.self)
            Issue.record("three bytes gave an Int32")
        } catch {
            #expect(error == .truncated(needed: 4, available: 3, offset: 1))
        }
        #expect(reader.offset == 1)
    }

    @Test func `lengths of a peer are checked before they are used`() throws {
        let bytes = hex("0102")
        for (count, fault) in [
            (3, WireFault.truncated(needed: 3, available: 2, offset: 0)),
            (-1, .lengthOutOfRange(-1, offset: 0)),
            (Int.max, .truncated(needed: Int.max, available: 2, offset: 0)),
            (Int.min, .lengthOutOfRange(Int.min, offset: 0)),
        ] {
            var reader = ByteReader(bytes.span.bytes)
            do {
                _ = try reader.bytes(count: count)
                Issue.record("\(count) bytes came out of 2")
            } catch {
                #expect(error == fault)
            }
        }
    }

    @Test func `zero-terminated strings end at their zero`() throws {
        let bytes = hex("6162 00 00 c3a9 00 63")
        var reader = ByteReader(bytes.span.bytes)
        #expect(try reader.zeroTerminatedString() == "ab")
        #expect(try reader.zeroTerminatedString() == "")
        #expect(try reader.zeroTerminatedString() == "é")
        #expect(reader.offset == 7)
        do {
            _ = try reader.zeroTerminatedString()
            Issue.record("a string without its zero was accepted")
        } catch {
            #expect(error == .unterminatedString(offset: 7))
        }
    }

    @Test func `wrong UTF-8 is refused or repaired`() throws {
        let bytes = hex("61 ff 62 00")
        var strict = ByteReader(bytes.span.bytes)
        do {
            _ = try strict.zeroTerminatedString()
            Issue.record("wrong UTF-8 was accepted")
        } catch {
            #expect(error == .invalidUTF8(offset: 0))
        }
        var lenient = ByteReader(bytes.span.bytes)
        #expect(try lenient.repairedZeroTerminatedString() == "a\u{fffd}b")
        #expect(lenient.remaining == 0)
        var counted = ByteReader(bytes.span.bytes)
        do {
            _ = try counted.string(count: 3)
            Issue.record("wrong UTF-8 was accepted")
        } catch {
            #expect(error == .invalidUTF8(offset: 0))
        }
    }

    @Test func `what is left over is a fault`() throws {
        let bytes = hex("00 01 02")
        var reader = ByteReader(bytes.span.bytes)
        _ = try reader.integer(UInt8.self)
        do {
            try reader.finish()
            Issue.record("two bytes too many were accepted")
        } catch {
            #expect(error == .trailingBytes(count: 2, offset: 1))
        }
        #expect(reader.rest().byteCount == 2)
        try reader.finish()
    }

    @Test func `faults name positions and never bytes`() {
        #expect(
            WireFault.truncated(needed: 4, available: 3, offset: 1).description
                == "the data end too early: 4 bytes needed at offset 1, 3 left")
        #expect(WireFault.trailingBytes(count: 2, offset: 9).description == "2 bytes too many at offset 9")
        #expect(
            WireFault.lengthOutOfRange(-2, offset: 2).description
                == "the length -2 at offset 2 is out of range")
        #expect(
            WireFault.unterminatedString(offset: 5).description == "the string at offset 5 is not terminated")
        #expect(WireFault.invalidUTF8(offset: 0).description == "the text at offset 0 is not UTF-8")
        #expect(WireFault.unknownCode(63, offset: 0).description == "the code 63 at offset 0 is unknown")
    }
}
