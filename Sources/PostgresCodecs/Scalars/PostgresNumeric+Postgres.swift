public import PostgresProtocol

extension PostgresNumeric: PostgresEncodable {
    /// `numeric`.
    @inlinable public static var postgresType: PostgresOID { .numeric }

    /// Appends the header and the digits of base 10,000.
    ///
    /// Source: PostgreSQL 18, `numeric_recv`.
    public func encode(into writer: inout ByteWriter) throws(EncodingFault) {
        writer.append(UInt16(truncatingIfNeeded: digits.count))
        writer.append(Int16(truncatingIfNeeded: weight))
        writer.append(kind.rawValue)
        writer.append(UInt16(truncatingIfNeeded: scale))
        for digit in digits { writer.append(digit) }
    }
}

extension PostgresNumeric: PostgresDecodable {
    /// Takes `numeric`.
    @inlinable
    public static func accepts(_ type: PostgresOID, _ format: PostgresFormat) -> Bool { type == .numeric }

    /// Reads the header and the digits.
    ///
    /// - Throws: `malformed` for a digit above 9,999, an unknown sign, a scale beyond 16,383 or a wrong length.
    public init(cell: borrowing PostgresCell) throws(DecodingFault) {
        guard cell.format == .binary else {
            self = try cell.parse { PostgresNumeric($0) }
            return
        }
        var reader = ByteReader(cell.bytes)
        let count = Int(try reader.decode(UInt16.self))
        let weight = Int(try reader.decode(Int16.self))
        let sign = try reader.decode(UInt16.self)
        let scale = Int(try reader.decode(UInt16.self))
        guard let kind = Kind(rawValue: sign) else { throw .malformed(.unknownCode(Int(sign), offset: 4)) }
        guard scale <= Self.maximumScale else { throw .malformed(.lengthOutOfRange(scale, offset: 6)) }
        guard kind == .positive || kind == .negative else {
            guard count == 0 else { throw .malformed(.lengthOutOfRange(count, offset: 0)) }
            try reader.finishDecoding()
            self.init(kind: kind, weight: 0, digits: [], scale: scale)
            return
        }
        guard reader.remaining == count * 2 else {
            if reader.remaining > count * 2 {
                throw .malformed(
                    .trailingBytes(count: reader.remaining - count * 2, offset: 8 + count * 2))
            }
            throw .malformed(.truncated(needed: count * 2, available: reader.remaining, offset: 8))
        }
        var digits: [Int16] = []
        digits.reserveCapacity(count)
        for index in 0..<count {
            let digit = try reader.decode(Int16.self)
            guard 0...9999 ~= digit else { throw .malformed(.unknownCode(Int(digit), offset: 8 + index * 2)) }
            digits.append(digit)
        }
        self.init(kind: kind, weight: weight, digits: digits, scale: scale)
        guard self.weight >= -32_768 else { throw .malformed(.lengthOutOfRange(weight, offset: 2)) }
    }
}
