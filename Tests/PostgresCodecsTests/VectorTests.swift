import PostgresCodecs
import Testing

/// The expected bytes are those of `vector_send` of pgvector 0.8.
@Suite struct VectorTests {
    @Test func `vectors have pgvector's bytes and text`() throws {
        let vector: PostgresVector = [1, -2.5, 0.1]
        #expect(try encodedHex(vector) == "000300003f800000c02000003dcccccd")
        #expect(try decode(PostgresVector.self, "000300003f800000c02000003dcccccd", extensionType) == vector)
        #expect(try decodeText(PostgresVector.self, "[1,-2.5,0.1]", extensionType) == vector)
        #expect(vector.description == "[1,-2.5,0.1]")
        #expect(PostgresVector.postgresType == .unspecified)
        #expect(!PostgresVector.accepts(.float4Array, .binary))
    }

    @Test func `vectors of every length come back as they went`() throws {
        for count in [1, 2, 3, 7, 8, 9, 31, 1536, 16_000] {
            let vector = PostgresVector((0..<count).map { Float($0) * -0.37 })
            #expect(try decode(PostgresVector.self, try encoded(vector), extensionType) == vector)
        }
    }

    @Test func `what pgvector refuses is refused`() {
        #expect(throws: EncodingFault.invalidVector(reason: "no elements")) {
            try encoded([] as PostgresVector)
        }
        #expect(throws: EncodingFault.invalidVector(reason: "more than 16,000 elements")) {
            try encoded(PostgresVector([Float](repeating: 0, count: 16_001)))
        }
        for element in [Float.nan, .infinity, -.infinity, .signalingNaN] {
            #expect(throws: EncodingFault.invalidVector(reason: "an element that is not finite")) {
                try encoded([0, element, 1] as PostgresVector)
            }
        }
        #expect(throws: Never.self) {
            try encoded([.greatestFiniteMagnitude, -0.0, .leastNonzeroMagnitude] as PostgresVector)
        }
    }

    @Test(
        arguments: [
            ("", truncated(2, 0)), ("0001", truncated(2, 0, 2)),
            ("00000000", .malformed(.lengthOutOfRange(0, offset: 0))),
            ("ffff0000", .malformed(.lengthOutOfRange(-1, offset: 0))),
            ("7fff0000", .malformed(.lengthOutOfRange(32_767, offset: 0))),
            ("000100013f800000", .malformed(.unknownCode(1, offset: 2))),
            ("000200003f800000", truncated(8, 4, 4)), ("000100003f80000000", trailing(1, 8)),
        ] as [(String, DecodingFault)])
    func `malformed vectors are refused`(hex: String, fault: DecodingFault) {
        #expect(throws: fault) { try decode(PostgresVector.self, hex, extensionType) }
    }

    @Test(arguments: ["", "[", "]", "[]", "1,2", "[1,]", "[a]", "[1,2", "[1 2]"])
    func `malformed text forms of vectors are refused`(text: String) {
        #expect(throws: DecodingFault.self) { try decodeText(PostgresVector.self, text, extensionType) }
    }

    @Test func `damaged vectors are refused or read`() {
        readDamaged(PostgresVector.self, [bytes("000300003f800000c02000003dcccccd")], extensionType)
        readDamaged(PostgresVector.self, [Array("[1,-2.5,0.1]".utf8)], extensionType, .text)
    }
}
