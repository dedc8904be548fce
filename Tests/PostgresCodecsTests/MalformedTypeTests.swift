import PostgresCodecs
import PostgresProtocol
import Testing

/// Bytes that no server sends.
@Suite struct MalformedTypeTests {
    private func fault<Value: PostgresDecodable>(
        _ type: Value.Type, _ hex: String, _ oid: PostgresOID
    ) -> DecodingFault? {
        do throws(DecodingFault) {
            _ = try decode(Value.self, hex, oid)
            return nil
        } catch {
            return error
        }
    }

    @Test func `a count of two thousand million allocates nothing`() {
        let huge = Int(Int32.max)
        #expect(fault(PostgresSnapshot.self, "7fffffff", .pgSnapshot) == truncated(huge * 8, 0, 4))
        #expect(fault(PostgresPath.self, "01 7fffffff", .path) == truncated(huge * 16, 0, 5))
        #expect(fault(PostgresPolygon.self, "7fffffff", .polygon) == truncated(huge * 16, 0, 4))
        #expect(fault(PostgresTSVector.self, "7fffffff 00", .tsVector) == truncated(huge * 3, 1, 4))
        #expect(fault(PostgresTSVector.self, "00000001 6100 ffff", .tsVector) == truncated(131_070, 0, 8))
        #expect(fault(PostgresTSQuery.self, "7fffffff 0201", .tsQuery) == truncated(huge * 2, 2, 4))
        #expect(fault(PostgresHStore.self, "7fffffff", extensionType) == truncated(huge * 8, 0, 4))
        #expect(fault(PostgresMultirange<Int>.self, "7fffffff", .int8Multirange) == truncated(huge * 5, 0, 4))
        #expect(fault(PostgresBits.self, "7fffffff", .varbit) == truncated(268_435_456, 0, 4))
        #expect(fault(Pair.self, "7fffffff", .record) == truncated(huge * 8, 0, 4))
        #expect(
            fault(PostgresCube.self, "7fffffff", extensionType)
                == .malformed(.lengthOutOfRange(huge, offset: 0)))
        #expect(
            fault([PostgresInterval].self, "00000001 00000000 000004a2 7fffffff 00000001", .intervalArray)
                == truncated(huge * 4, 0, 20))
    }

    @Test func `a negative count or length is refused`() {
        let negative = DecodingFault.malformed(.lengthOutOfRange(-1, offset: 0))
        #expect(fault(PostgresSnapshot.self, "ffffffff", .pgSnapshot) == negative)
        #expect(fault(PostgresPolygon.self, "ffffffff", .polygon) == negative)
        #expect(fault(PostgresTSVector.self, "ffffffff", .tsVector) == negative)
        #expect(
            fault(PostgresTSQuery.self, "80000000", .tsQuery)
                == .malformed(.lengthOutOfRange(-2_147_483_648, offset: 0)))
        #expect(fault(PostgresHStore.self, "ffffffff", extensionType) == negative)
        #expect(fault(PostgresMultirange<Int>.self, "ffffffff", .int8Multirange) == negative)
        #expect(fault(PostgresBits.self, "ffffffff", .varbit) == negative)
        #expect(fault(Pair.self, "ffffffff", .record) == negative)
        #expect(
            fault(PostgresRange<Int>.self, "02 ffffffff ffffffff", .int8Range)
                == .malformed(.lengthOutOfRange(-1, offset: 5)))
    }

    @Test(arguments: ["03", "0a", "14", "20", "40", "80", "09", "ff"])
    func `flags of a range that contradict each other are refused`(flags: String) {
        let code = Int(flags, radix: 16) ?? 0
        #expect(
            fault(PostgresRange<Int>.self, flags, .int8Range) == .malformed(.unknownCode(code, offset: 0)))
    }

    @Test func `values outside of their type are refused`() {
        #expect(
            fault(PostgresTime.self, "000000141dd76001", .time)
                == .malformed(.lengthOutOfRange(86_400_000_001, offset: 0)))
        #expect(
            fault(PostgresTime.self, "ffffffffffffffff", .time)
                == .malformed(.lengthOutOfRange(-1, offset: 0)))
        #expect(
            fault(PostgresTimeWithZone.self, "0000000000000000 80000000", .timetz)
                == .malformed(.lengthOutOfRange(-2_147_483_648, offset: 8)))
        #expect(
            fault(PostgresInet.self, "04 18 00 04 c0a80001", .inet) == .malformed(.unknownCode(4, offset: 0)))
        #expect(
            fault(PostgresInet.self, "02 21 00 04 c0a80001", .inet)
                == .malformed(.lengthOutOfRange(33, offset: 1)))
        #expect(
            fault(PostgresInet.self, "02 20 00 10 c0a80001", .inet)
                == .malformed(.lengthOutOfRange(16, offset: 3)))
        #expect(
            fault(PostgresInet.self, "02 20 02 04 c0a80001", .inet) == .malformed(.unknownCode(2, offset: 2)))
        #expect(
            fault(PostgresCIDR.self, "02 08 01 04 0a000001", .cidr)
                == .malformed(.lengthOutOfRange(8, offset: 1)))
        #expect(fault(PostgresBits.self, "00000001 c0", .bit) == .malformed(.unknownCode(0xC0, offset: 4)))
        #expect(
            fault(PostgresLine.self, String(repeating: "00", count: 24), .line)
                == .malformed(.unknownCode(0, offset: 0)))
        #expect(fault(PostgresPath.self, "02 00000000", .path) == .malformed(.unknownCode(2, offset: 0)))
        #expect(
            fault(PostgresTSVector.self, "00000001 6100 0001 0000", .tsVector)
                == .malformed(.unknownCode(0, offset: 8)))
        #expect(fault(PostgresJSONPath.self, "02 24", .jsonPath) == .malformed(.unknownCode(2, offset: 0)))
        #expect(
            fault(PostgresHStore.self, "00000002 00000001 61 ffffffff 00000001 61 ffffffff", extensionType)
                == .malformed(.unknownCode(0, offset: 13)))
        #expect(fault(Duration.self, "0000000000000000 00000000 00000001", .interval) == .outOfRange)
        #expect(fault(Range<Int>.self, "01", .int8Range) == .outOfRange)
        #expect(fault(Range<Int>.self, "18", .int8Range) == .outOfRange)
    }

    @Test(arguments: [
        "00000001 0202", "00000002 01000061 00 01000062 00", "00000001 0205", "00000001 0301",
        "00000001 011000 6100", "00000001 010002 6100",
    ])
    func `parts that make no query are refused`(hex: String) {
        #expect(fault(PostgresTSQuery.self, hex, .tsQuery) != nil)
    }

    @Test func `a query nested ten thousand deep is read and written`() throws {
        let depth = 10_000
        let not = [UInt8](repeating: 2, count: 1) + [1]
        let bytes = bytes("00002711") + (0..<depth).flatMap { _ in not } + bytes("01 00 00 6100")
        let query = try decode(PostgresTSQuery.self, bytes, .tsQuery)
        #expect(query.description == String(repeating: "!", count: depth) + "'a'")
        #expect(try encoded(query) == bytes)
        let and = (0..<depth).flatMap { _ in [UInt8]([2, 2]) }
        let words = (0...depth).flatMap { _ in [UInt8]([1, 0, 0, 0x61, 0]) }
        let wide = try decode(PostgresTSQuery.self, self.count(depth * 2 + 1) + and + words, .tsQuery)
        #expect(wide.description.utf8.count == 6 * depth + 3)
    }

    @Test func `a value nested ten thousand deep is refused by the text form`() {
        // Each record has one field, the next record.
        let depth = 10_000
        var bytes: [UInt8] = count(0)
        for _ in 0..<depth { bytes = count(1) + count(2_249) + count(bytes.count) + bytes }
        let form = PostgresTextForm(userTypes: [extensionType: .composite([])])
        #expect(throws: DecodingFault.typeMismatch(.record, .binary)) {
            try form.text(of: PostgresCell(bytes: bytes.span.bytes, type: extensionType))
        }
        let nested = PostgresTextForm(userTypes: [.record: .composite([])])
        #expect(throws: DecodingFault.nestedTooDeep(limit: 32)) {
            try nested.text(of: PostgresCell(bytes: bytes.span.bytes, type: .record))
        }
    }

    @Test func `what the server would refuse is not sent`() throws {
        #expect(throws: EncodingFault.custom("the server reads no empty tsquery in binary form")) {
            try encoded(PostgresTSQuery.empty)
        }
        #expect(throws: EncodingFault.tooLong(bytes: 2_048, limit: 2_047)) {
            try encoded(PostgresTSVector([.init(String(repeating: "x", count: 2_048))]))
        }
        #expect(throws: EncodingFault.zeroCharacter) { try encoded(PostgresTSVector([.init("a\0")])) }
        #expect(throws: EncodingFault.zeroCharacter) { try encoded(PostgresTSQuery("a\0")) }
        #expect(throws: EncodingFault.zeroCharacter) { try encoded(["a\0": nil] as PostgresHStore) }
        #expect(throws: EncodingFault.zeroCharacter) { try encoded("$.\0" as PostgresJSONPath) }
        #expect(throws: EncodingFault.tooLong(bytes: 65_536, limit: 65_535)) {
            try encoded(["a": String(repeating: "x", count: 65_536)] as PostgresHStore)
        }
        #expect(throws: EncodingFault.outOfRange(type: "interval")) {
            try encoded(Duration.seconds(Int64.max))
        }
        #expect(throws: EncodingFault.custom("a bound of a range cannot be NULL")) {
            try encoded(PostgresRange<Int?>(lower: .included(nil), upper: .unbounded))
        }
        #expect(PostgresTSVector.Position(0) == nil)
        #expect(PostgresTSVector.Position(16_384) == nil)
        #expect(PostgresTSQuery("a").followed(by: PostgresTSQuery("b"), distance: 16_385) == nil)
    }

    private func count(_ value: Int) -> [UInt8] {
        withUnsafeBytes(of: Int32(value).bigEndian) { [UInt8]($0) }
    }
}

/// A composite type of two fields.
struct Pair: PostgresComposite, Equatable {
    var number: Int32
    var text: String?

    init(_ number: Int32, _ text: String?) {
        self.number = number
        self.text = text
    }

    init(cell: borrowing PostgresCell) throws(DecodingFault) {
        (number, text) = try cell.fields(Int32.self, String?.self)
    }

    func encode(into writer: inout ByteWriter) throws(EncodingFault) {
        try writer.append(fields: number, text)
    }
}
