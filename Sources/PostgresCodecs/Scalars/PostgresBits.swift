public import PostgresProtocol

/// A string of bits: PostgreSQL's `bit` and `varbit`, and pgvector's binary vectors.
///
/// Source: PostgreSQL 18 manual, "Bit String Types"; pgvector's README, "Binary Vectors".
public struct PostgresBits: Hashable, Sendable {
    /// How many bits there are.
    public let count: Int
    /// The bits, eight to the byte, the first one uppermost; those after the last bit are 0.
    public let bytes: [UInt8]

    /// Takes bits from bytes, the first one uppermost; nil unless there are as many bytes as the bits need.
    ///
    /// What is left of the last byte is cleared.
    public init?(count: Int, bytes: [UInt8]) {
        guard count >= 0, bytes.count == (count + 7) / 8 else { return nil }
        var bytes = bytes
        if let last = bytes.popLast() { bytes.append(last & Self.mask(count)) }
        self.count = count
        self.bytes = bytes
    }

    /// Packs bits.
    public init(_ bits: some Collection<Bool>) {
        var bytes = [UInt8](repeating: 0, count: (bits.count + 7) / 8)
        for (index, bit) in bits.enumerated() where bit { bytes[index / 8] |= 0x80 >> UInt8(index % 8) }
        self.bytes = bytes
        count = bits.count
    }

    /// Makes the binary vector of a vector as pgvector's `binary_quantize` does: 1 for each element above 0.
    public init(quantizing vector: PostgresVector) { self.init(vector.elements.map { $0 > 0 }) }

    /// The bit at a place, counted from 0.
    public subscript(index: Int) -> Bool {
        precondition(0..<count ~= index, "the string has no such bit")
        return bytes[index / 8] & 0x80 >> UInt8(index % 8) != 0
    }

    /// The bits of the last byte that count.
    private static func mask(_ count: Int) -> UInt8 {
        count.isMultiple(of: 8) ? 0xFF : ~(0xFF >> UInt8(count % 8))
    }
}

extension PostgresBits: PostgresExactType {
    /// `varbit`, which the server takes for `bit` too.
    public static var postgresType: PostgresOID { .varbit }

    /// Takes `varbit` and `bit`.
    public static func accepts(_ type: PostgresOID, _ format: PostgresFormat) -> Bool {
        type == .varbit || type == .bit
    }

    /// The server's text: `10110`.
    public var description: String {
        let text = (0..<count).map { self[$0] ? UInt8(ascii: "1") : UInt8(ascii: "0") }
        return String(decoding: text, as: UTF8.self)
    }

    /// Reads zeros and ones; nil for anything else.
    public init?(_ text: String) {
        guard text.utf8.allSatisfy({ $0 == UInt8(ascii: "0") || $0 == UInt8(ascii: "1") }) else { return nil }
        self.init(text.utf8.map { $0 == UInt8(ascii: "1") })
    }

    /// Appends the number of bits and the bytes.
    ///
    /// - Throws: `tooLong` for more bits than the server counts.
    public func encode(into writer: inout ByteWriter) throws(EncodingFault) {
        guard let count = Int32(exactly: count) else { throw .tooLong(bytes: bytes.count, limit: 1 << 28) }
        writer.append(count)
        bytes.withUnsafeBytes { writer.append(buffer: $0) }
    }

    @_lifetime(reader: copy reader)
    package init(reading reader: inout ByteReader) throws(DecodingFault) {
        let count = Int(try reader.decode(Int32.self))
        guard count >= 0 else { throw .malformed(.lengthOutOfRange(count, offset: 0)) }
        let body = try reader.decodeBytes(count: (count + 7) / 8)
        let bytes = body.withUnsafeBytes { [UInt8]($0) }
        guard bytes.last.map({ $0 & ~Self.mask(count) == 0 }) ?? true else {
            throw .malformed(.unknownCode(Int(bytes.last ?? 0), offset: 3 + bytes.count))
        }
        self.count = count
        self.bytes = bytes
    }
}
