public import PostgresProtocol

/// A document as full-text search sees it: its lexemes, each with its places.
///
/// Source: PostgreSQL 18 manual, "tsvector".
public struct PostgresTSVector: Hashable, Sendable {
    /// A word that has been made comparable.
    public struct Lexeme: Hashable, Sendable {
        /// The word.
        public var text: String
        /// Where it stands, ascending; none if only its presence is known.
        public var positions: [Position]

        /// Describes a word of a document.
        public init(_ text: String, positions: [Position] = []) {
            self.text = text
            self.positions = positions
        }
    }

    /// A place in a document.
    public struct Position: Hashable, Sendable {
        /// The number of the word, from 1 to 16,383.
        public let number: Int
        /// How much the place counts.
        public let weight: PostgresTSWeight

        /// Describes a place; nil for a number out of range.
        public init?(_ number: Int, weight: PostgresTSWeight = .d) {
            guard 1...16_383 ~= number else { return nil }
            self.number = number
            self.weight = weight
        }
    }

    /// The lexemes; the server keeps them sorted and without repetition, whatever it is sent.
    public var lexemes: [Lexeme]

    /// Makes a document of its lexemes.
    public init(_ lexemes: [Lexeme]) { self.lexemes = lexemes }

    /// The longest lexeme in bytes; `MAXSTRLEN` of the server.
    static let maximumLexemeBytes = 2_047
    /// The greatest number of places; `MAXNUMPOS` less one.
    static let maximumPositions = 255
}

extension PostgresTSVector: CustomStringConvertible {
    /// The server's text: `'cat':3A,5 'fat':2`.
    public var description: String {
        lexemes.map { lexeme in
            let places = lexeme.positions.map { "\($0.number)" + ($0.weight == .d ? "" : $0.weight.letter) }
            return PostgresTSText.quoted(lexeme.text)
                + (places.isEmpty ? "" : ":" + places.joined(separator: ","))
        }.joined(separator: " ")
    }
}

extension PostgresTSVector: PostgresEncodable {
    /// `tsvector`.
    public static var postgresType: PostgresOID { .tsVector }

    /// Appends the number of lexemes and each with its places.
    ///
    /// - Throws: `zeroCharacter`, `tooLong` for a lexeme of more than 2,047 bytes, `tooManyElements` for more than 255
    ///   places.
    public func encode(into writer: inout ByteWriter) throws(EncodingFault) {
        writer.append(Int32(truncatingIfNeeded: lexemes.count))
        for lexeme in lexemes {
            guard !lexeme.text.holdsZeroByte else { throw .zeroCharacter }
            let length = lexeme.text.utf8.count
            guard length <= Self.maximumLexemeBytes else {
                throw .tooLong(bytes: length, limit: Self.maximumLexemeBytes)
            }
            guard lexeme.positions.count <= Self.maximumPositions else {
                throw .tooManyElements(count: lexeme.positions.count, limit: Self.maximumPositions)
            }
            writer.append(zeroTerminated: lexeme.text)
            writer.append(UInt16(truncatingIfNeeded: lexeme.positions.count))
            for position in lexeme.positions {
                writer.append(UInt16(position.weight.rawValue) << 14 | UInt16(position.number))
            }
        }
    }
}

extension PostgresTSVector: PostgresDecodable {
    /// Takes `tsvector` in binary form.
    public static func accepts(_ type: PostgresOID, _ format: PostgresFormat) -> Bool {
        type == .tsVector && format == .binary
    }

    /// Reads the lexemes.
    ///
    /// - Throws: `malformed` for counts that contradict the bytes and for a place 0.
    public init(cell: borrowing PostgresCell) throws(DecodingFault) {
        var reader = ByteReader(cell.bytes)
        let count = try reader.decodeCount(Int32.self, elementBytes: 3)
        lexemes = []
        lexemes.reserveCapacity(count)
        for _ in 0..<count {
            let text = try reader.decodeZeroTerminatedText()
            let places = try reader.decodeCount(UInt16.self, elementBytes: 2)
            var positions: [Position] = []
            positions.reserveCapacity(places)
            for _ in 0..<places {
                let code = try reader.decode(UInt16.self)
                guard let weight = PostgresTSWeight(rawValue: UInt8(code >> 14)),
                    let position = Position(Int(code & 0x3FFF), weight: weight)
                else { throw .malformed(.unknownCode(Int(code), offset: reader.offset - 2)) }
                positions.append(position)
            }
            lexemes.append(Lexeme(text, positions: positions))
        }
        try reader.finishDecoding()
    }
}
