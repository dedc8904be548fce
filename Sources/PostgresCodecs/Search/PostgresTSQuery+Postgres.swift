public import PostgresProtocol

extension PostgresTSQuery: PostgresEncodable {
    /// `tsquery`.
    public static var postgresType: PostgresOID { .tsQuery }

    /// Appends the number of parts and the parts.
    ///
    /// - Throws: `custom` for the empty query, which the server writes and does not read in binary form: send the text
    ///   `''` in its place; `zeroCharacter`, `tooLong` for a word of more than 2,047 bytes, `outOfRange` for a distance that is
    ///   not between 0 and 16,384.
    public func encode(into writer: inout ByteWriter) throws(EncodingFault) {
        guard !nodes.isEmpty else { throw .custom("the server reads no empty tsquery in binary form") }
        writer.append(Int32(truncatingIfNeeded: nodes.count))
        for node in nodes {
            switch node {
            case .lexeme(let text, let weights, let isPrefix):
                guard !text.holdsZeroByte else { throw .zeroCharacter }
                let limit = PostgresTSVector.maximumLexemeBytes
                guard text.utf8.count <= limit else {
                    throw .tooLong(bytes: text.utf8.count, limit: limit)
                }
                writer.append(UInt8(1))
                writer.append(weights.reduce(UInt8(0)) { $0 | 1 << $1.rawValue })
                writer.append(UInt8(isPrefix ? 1 : 0))
                writer.append(zeroTerminated: text)
            case .not: writer.append(Self.operatorCode(1))
            case .and: writer.append(Self.operatorCode(2))
            case .or: writer.append(Self.operatorCode(3))
            case .followedBy(let distance):
                guard 0...16_384 ~= distance else { throw .outOfRange(type: "tsquery") }
                writer.append(Self.operatorCode(4))
                writer.append(UInt16(distance))
            }
        }
    }

    /// Type 2 and the operator.
    private static func operatorCode(_ code: UInt16) -> UInt16 { 0x0200 | code }
}

extension PostgresTSQuery: PostgresDecodable {
    /// Takes `tsquery` in binary form.
    public static func accepts(_ type: PostgresOID, _ format: PostgresFormat) -> Bool {
        type == .tsQuery && format == .binary
    }

    /// Reads the parts.
    ///
    /// - Throws: `malformed` for a count that contradicts the bytes, unknown codes, and parts that make no query.
    public init(cell: borrowing PostgresCell) throws(DecodingFault) {
        var reader = ByteReader(cell.bytes)
        let count = try reader.decodeCount(Int32.self, elementBytes: 2)
        var nodes: [Node] = []
        nodes.reserveCapacity(count)
        for _ in 0..<count { nodes.append(try Self.node(&reader)) }
        try reader.finishDecoding()
        guard let query = PostgresTSQuery(nodes: nodes) else {
            throw .malformed(.lengthOutOfRange(count, offset: 0))
        }
        self = query
    }

    @_lifetime(reader: copy reader)
    private static func node(_ reader: inout ByteReader) throws(DecodingFault) -> Node {
        let type = try reader.decode(UInt8.self)
        let code = try reader.decode(UInt8.self)
        switch (type, code) {
        case (1, 0...15):
            let prefix = try reader.decode(UInt8.self)
            guard prefix <= 1 else { throw .malformed(.unknownCode(Int(prefix), offset: reader.offset - 1)) }
            let weights = PostgresTSWeight.allCases.filter { code & 1 << $0.rawValue != 0 }
            let text = try reader.decodeZeroTerminatedText()
            return .lexeme(text, weights: Set(weights), isPrefix: prefix == 1)
        case (2, 1): return .not
        case (2, 2): return .and
        case (2, 3): return .or
        case (2, 4): return .followedBy(distance: Int(try reader.decode(UInt16.self)))
        default: throw .malformed(.unknownCode(Int(type) << 8 | Int(code), offset: reader.offset - 2))
        }
    }
}
