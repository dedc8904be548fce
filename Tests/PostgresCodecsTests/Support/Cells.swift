import PostgresCodecs
import PostgresProtocol
import Testing

/// The bytes of a hexadecimal text; white space in it separates fields for the reader.
func bytes(_ hex: String) -> [UInt8] {
    let digits = hex.filter { !$0.isWhitespace }.compactMap(\.hexDigitValue)
    return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
}

/// Bytes in hexadecimal.
func hex(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}

/// What a value is sent as, without its length.
func encoded(_ value: some PostgresEncodable) throws(EncodingFault) -> [UInt8] {
    var writer = ByteWriter()
    writer.append(UInt8(0xEE))
    try value.encodeField(into: &writer)
    let all = writer.bytes.withUnsafeBytes { [UInt8]($0) }
    #expect(writer.integer(at: 1) == all.count - 5)
    return Array(all[5...])
}

/// The same in hexadecimal.
func encodedHex(_ value: some PostgresEncodable) throws(EncodingFault) -> String { hex(try encoded(value)) }

/// Reads bytes as a value of `type`.
func decode<Value: PostgresDecodable>(
    _ type: Value.Type, _ bytes: [UInt8], _ oid: PostgresOID, _ format: PostgresFormat = .binary
) throws(DecodingFault) -> Value {
    guard Value.accepts(oid, format) else { throw .typeMismatch(oid, format) }
    return try Value(cell: PostgresCell(bytes: bytes.span.bytes, type: oid, format: format))
}

/// Reads hexadecimal bytes as a value of `type`.
func decode<Value: PostgresDecodable>(
    _ type: Value.Type, _ hex: String, _ oid: PostgresOID
) throws(DecodingFault) -> Value {
    try decode(type, bytes(hex), oid)
}

/// Reads a text form as a value of `type`.
func decodeText<Value: PostgresDecodable>(
    _ type: Value.Type, _ text: String, _ oid: PostgresOID
) throws(DecodingFault) -> Value {
    try decode(type, Array(text.utf8), oid, .text)
}

/// Reads 20,000 damaged copies of valid bytes: each must be refused or read, none may trap.
func readDamaged<Value: PostgresDecodable>(
    _ type: Value.Type, _ seeds: [[UInt8]], _ oid: PostgresOID, _ format: PostgresFormat = .binary,
    rounds: Int = 20_000
) {
    var random = SeededGenerator(state: UInt64(oid.rawValue) &* 31 &+ UInt64(format.rawValue))
    var refused = 0
    for round in 0..<rounds {
        var bytes = seeds[round % seeds.count]
        for _ in 0...(random.next() % 3) { damage(&bytes, random.next()) }
        do {
            _ = try decode(type, bytes, oid, format)
        } catch {
            refused += 1
        }
    }
    #expect(refused > 0)
}

/// Damages one place; all decisions come from the bits of `choice`, since generic random calls are slow in debug builds.
private func damage(_ bytes: inout [UInt8], _ choice: UInt64) {
    let byte = UInt8(truncatingIfNeeded: choice >> 56)
    guard !bytes.isEmpty else {
        bytes.append(byte)
        return
    }
    let place = Int(truncatingIfNeeded: (choice & 0xFFFF_FFFF) % UInt64(bytes.count))
    switch (choice >> 32) % 6 {
    case 0: bytes[place] = byte
    case 1: bytes[place] ^= 1 << (byte & 7)
    case 2: bytes.removeSubrange(place...)
    case 3: bytes.insert(byte, at: place)
    case 4: bytes[place] = byte & 2 == 0 ? (byte & 1 == 0 ? 0x00 : 0x7F) : (byte & 1 == 0 ? 0x80 : 0xFF)
    default: bytes.remove(at: place)
    }
}

/// The fault for bytes that end too early.
func truncated(_ needed: Int, _ available: Int, _ offset: Int = 0) -> DecodingFault {
    .malformed(.truncated(needed: needed, available: available, offset: offset))
}

/// The fault for bytes that do not end.
func trailing(_ count: Int, _ offset: Int) -> DecodingFault {
    .malformed(.trailingBytes(count: count, offset: offset))
}

/// The number of a type that an extension made, in the databases of these tests.
let extensionType = PostgresOID(rawValue: 16_714)
