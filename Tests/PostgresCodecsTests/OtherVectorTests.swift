import PostgresCodecs
import Testing

/// The expected bytes are those of `halfvec_send` and `sparsevec_send` of pgvector 0.8.
@Suite struct OtherVectorTests {
    @Test func `half vectors have pgvector's bytes`() throws {
        let vector: PostgresHalfVector = [1, -2.5, 0.1, 65_504, 6e-8]
        let hex = "000500003c00c1002e667bff0001"
        #expect(try encodedHex(vector) == hex)
        let read = try decode(PostgresHalfVector.self, hex, extensionType)
        #expect(read.elements == [1, -2.5, 0.099975586, 65_504, 5.9604645e-8])
        #expect(try encodedHex(read) == hex)
        #expect(try decodeText(PostgresHalfVector.self, "[1,-2.5]", extensionType) == [1, -2.5])
        #expect(([1, 0.5] as PostgresHalfVector).description == "[1,0.5]")
    }

    @Test func `every finite half comes back as it went`() throws {
        let finite = (0...UInt16.max).filter { $0 & 0x7C00 != 0x7C00 }
        for start in stride(from: 0, to: finite.count, by: 16_000) {
            let part = finite[start..<min(start + 16_000, finite.count)]
            let header = [UInt8(part.count >> 8), UInt8(part.count & 0xFF), 0, 0]
            let sent = header + part.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
            #expect(try encoded(decode(PostgresHalfVector.self, sent, extensionType)) == sent)
        }
    }

    @Test(arguments: [
        (1.0009765625, "3c01"), (1.00048828125, "3c00"), (1.00146484375, "3c02"), (65_519, "7bff"),
        (2.9802322e-8, "0000"), (2.9802326e-8, "0001"), (6.1035156e-5, "0400"), (6.1e-5, "03ff"),
        (-0.0, "8000"),
        (1e-20, "0000"),
    ])
    func `elements are rounded to the nearest half, ties to even`(element: Float, bits: String) throws {
        #expect(try encodedHex([element] as PostgresHalfVector) == "00010000" + bits)
    }

    @Test func `half vectors that pgvector refuses are refused`() {
        for element in [65_520, -70_000, Float.infinity, .nan] {
            #expect(throws: EncodingFault.invalidVector(reason: "an element that half precision cannot hold"))
            {
                try encoded([1, element] as PostgresHalfVector)
            }
        }
        #expect(throws: EncodingFault.invalidVector(reason: "no elements")) {
            try encoded([] as PostgresHalfVector)
        }
        #expect(throws: EncodingFault.invalidVector(reason: "more than 16,000 elements")) {
            try encoded(PostgresHalfVector([Float](repeating: 0, count: 16_001)))
        }
        #expect(throws: truncated(4, 2, 4)) {
            try decode(PostgresHalfVector.self, "000200003c00", extensionType)
        }
        #expect(throws: trailing(1, 6)) {
            try decode(PostgresHalfVector.self, "000100003c0000", extensionType)
        }
        #expect(throws: DecodingFault.malformed(.lengthOutOfRange(-1, offset: 0))) {
            try decode(PostgresHalfVector.self, "ffff0000", extensionType)
        }
    }

    @Test func `sparse vectors have pgvector's bytes and text`() throws {
        let vector = try #require(PostgresSparseVector(dimensions: 5, elements: [0: 1.5, 2: -2, 3: 0]))
        let hex = "00000005000000020000000000000000000000023fc00000c0000000"
        #expect(try encodedHex(vector) == hex)
        #expect(try decode(PostgresSparseVector.self, hex, extensionType) == vector)
        #expect(vector.description == "{1:1.5,3:-2}/5")
        #expect(PostgresSparseVector(dimensions: 5, elements: [5: 1]) == nil)
        #expect(PostgresSparseVector(dimensions: 5, elements: [-1: 1]) == nil)
        #expect(PostgresSparseVector(dimensions: 5, elements: [0: .nan]) == nil)
        #expect(PostgresSparseVector(dimensions: 0, elements: [:]) == nil)
        #expect(PostgresSparseVector(dimensions: 1_000_000_001, elements: [:]) == nil)
    }

    @Test(
        arguments: [
            ("", truncated(4, 0)),
            ("00000000 00000000 00000000", .malformed(.lengthOutOfRange(0, offset: 0))),
            ("7fffffff 7fffffff 00000000", .malformed(.lengthOutOfRange(2_147_483_647, offset: 0))),
            ("00000005 7fffffff 00000000", .malformed(.lengthOutOfRange(2_147_483_647, offset: 4))),
            ("00000005 00000006 00000000", .malformed(.lengthOutOfRange(6, offset: 4))),
            ("00000005 00000001 00000001", .malformed(.unknownCode(1, offset: 8))),
            ("00000005 00000001 00000000 00000005 3f800000", .malformed(.lengthOutOfRange(5, offset: 12))),
            (
                "00000005 00000002 00000000 00000001 00000001 3f800000 3f800000",
                .malformed(.lengthOutOfRange(1, offset: 16))
            ),
            ("00000005 00000001 00000000 00000000", truncated(4, 0, 16)),
            ("00000005 00000000 00000000 00", trailing(1, 12)),
        ] as [(String, DecodingFault)])
    func `malformed sparse vectors are refused`(hex: String, fault: DecodingFault) {
        #expect(throws: fault) { try decode(PostgresSparseVector.self, hex, extensionType) }
    }

    @Test func `damaged half and sparse vectors are refused or read`() {
        readDamaged(PostgresHalfVector.self, [bytes("000500003c00c1002e667bff0001")], extensionType)
        readDamaged(
            PostgresSparseVector.self, [bytes("00000005000000020000000000000000000000023fc00000c0000000")],
            extensionType)
    }
}
