import PostgresCodecs
import Testing

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

@Suite struct TextAndBytesTests {
    enum Status: String, PostgresEncodable, PostgresDecodable {
        case queued
        case done = "it's \"done\""
    }

    enum Level: Int, PostgresEncodable, PostgresDecodable {
        case low = 1
        case high = 2
    }

    @Test func `text is UTF-8`() throws {
        #expect(try encodedHex("") == "")
        #expect(try encodedHex("aé😀") == "61c3a9f09f9880")
        #expect(try decode(String.self, "61c3a9f09f9880", .text) == "aé😀")
        #expect(try decode(String.self, "6162", .varchar) == "ab")
        #expect(try decode(String.self, "6162", .name) == "ab")
        #expect(try decode(String.self, "6162", extensionType) == "ab")
        #expect(try decode(String.self, "61", .char) == "a")
        #expect(try decode(String.self, "00", .char) == "")
        #expect(try decodeText(String.self, "(1,2)", .point) == "(1,2)")
        #expect(!String.accepts(.int4, .binary))
        #expect(!String.accepts(.json, .binary))
    }

    @Test func `text without a form is refused`() {
        #expect(throws: EncodingFault.zeroCharacter) { try encoded("a\u{0}b") }
        #expect(throws: DecodingFault.malformed(.invalidUTF8(offset: 0))) {
            try decode(String.self, "61ff", .text)
        }
        #expect(throws: DecodingFault.malformed(.invalidUTF8(offset: 0))) {
            try decode(String.self, "eda080", .text)
        }
        #expect(throws: DecodingFault.typeMismatch(extensionType, .binary)) {
            try decode(String.self, "000300003f000000", extensionType)
        }
    }

    @Test func `a zero or a character of two bytes is noticed at every place`() throws {
        for length in 0..<40 {
            for place in 0...length {
                let before = String(repeating: "a", count: place)
                let after = String(repeating: "b", count: length - place)
                #expect(throws: EncodingFault.zeroCharacter) { try encoded("\(before)\u{0}\(after)") }
                let text = "\(before)é\(after)"
                #expect(try decode(String.self, try encoded(text), .text) == text)
                var broken = Array((before + after).utf8)
                broken.insert(0xE9, at: place)
                #expect(throws: DecodingFault.malformed(.invalidUTF8(offset: 0))) {
                    try decode(String.self, broken, .text)
                }
            }
        }
    }

    @Test func `bytes are bytea`() throws {
        #expect([UInt8].postgresType == .bytea)
        #expect(try encodedHex([0, 1, 255] as [UInt8]) == "0001ff")
        #expect(try encodedHex([] as [UInt8]) == "")
        #expect(try decode([UInt8].self, "0001ff", .bytea) == [0, 1, 255])
        #expect(try decode([UInt8].self, "", .bytea) == [])
        #expect(try decodeText([UInt8].self, "\\x0001fF", .bytea) == [0, 1, 255])
        #expect(try decodeText([UInt8].self, "\\x", .bytea) == [])
        for text in ["", "\\", "x", "\\x0", "\\x0g", "abc", "\\000\\001"] {
            #expect(throws: DecodingFault.self) { try decodeText([UInt8].self, text, .bytea) }
        }
        #expect(![UInt8].accepts(.text, .binary))
        #expect(![UInt8].accepts(.int2Array, .binary))
    }

    @Test func `identifiers are 16 bytes`() throws {
        let text = "00112233-4455-6677-8899-AABBCCDDEEFF"
        let uuid = try #require(UUID(uuidString: text))
        #expect(try encodedHex(uuid) == "00112233445566778899aabbccddeeff")
        #expect(try decode(UUID.self, "00112233445566778899aabbccddeeff", .uuid) == uuid)
        #expect(try decodeText(UUID.self, text.lowercased(), .uuid) == uuid)
        #expect(throws: truncated(16, 15)) {
            try decode(UUID.self, "00112233445566778899aabbccddee", .uuid)
        }
        #expect(throws: trailing(1, 16)) {
            try decode(UUID.self, "00112233445566778899aabbccddeeff00", .uuid)
        }
        #expect(throws: DecodingFault.self) { try decodeText(UUID.self, "0011", .uuid) }
        #expect(!UUID.accepts(.text, .binary))
    }

    @Test func `raw values stand for their types`() throws {
        #expect(Status.postgresType == .unspecified)
        #expect(Status.postgresFormat == .text)
        #expect(try encodedHex(Status.queued) == "717565756564")
        #expect(try decode(Status.self, "717565756564", extensionType) == .queued)
        #expect(try decode(Status.self, "717565756564", .text) == .queued)
        #expect(Level.postgresType == .int8)
        #expect(try encodedHex(Level.high) == "0000000000000002")
        #expect(try decode(Level.self, "0002", .int2) == .high)
        #expect(throws: DecodingFault.outOfRange) { try decode(Level.self, "0003", .int2) }
        #expect(throws: DecodingFault.outOfRange) { try decode(Status.self, "61", .text) }
    }

    @Test func `arrays of raw values of text are sent as text`() throws {
        let sent = try encoded([Status.queued, .done])
        #expect(String(decoding: sent, as: UTF8.self) == #"{"queued","it's \"done\""}"#)
        #expect([Status].postgresType == .unspecified)
        #expect([Status].postgresFormat == .text)
        let optional = try encoded([Status.queued, nil])
        #expect(String(decoding: optional, as: UTF8.self) == #"{"queued",NULL}"#)
        let nested = try encoded([[Status.queued], [.queued]])
        #expect(String(decoding: nested, as: UTF8.self) == #"{{"queued"},{"queued"}}"#)
        #expect([Level].postgresType == .int8Array)
    }

    @Test func `damaged text and bytes are refused or read`() {
        readDamaged(String.self, [Array("aé😀 and more than fifteen bytes".utf8)], .text)
        readDamaged([UInt8].self, [Array("\\x0001ff".utf8)], .bytea, .text)
        readDamaged(UUID.self, [bytes("00112233445566778899aabbccddeeff")], .uuid)
        readDamaged(UUID.self, [Array("00112233-4455-6677-8899-aabbccddeeff".utf8)], .uuid, .text)
    }
}
