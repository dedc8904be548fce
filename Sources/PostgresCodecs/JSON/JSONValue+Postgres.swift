public import JSONModel
public import PostgresProtocol

extension JSONValue: PostgresEncodable {
    /// `jsonb`.
    @inlinable public static var postgresType: PostgresOID { .jsonb }

    /// Appends the version byte 1 and the compact text.
    ///
    /// - Throws: `zeroCharacter` for U+0000 in a string or name, which `jsonb` cannot store.
    public func encode(into writer: inout ByteWriter) throws(EncodingFault) {
        let start = writer.count
        writer.append(UInt8(1))
        let hasZero = withCheckedJSONBytes { bytes, hasZero in
            writer.append(buffer: bytes)
            return hasZero
        }
        guard !hasZero else {
            writer.truncate(to: start)
            throw .zeroCharacter
        }
    }
}

extension JSONValue: PostgresDecodable {
    /// Takes `jsonb` and `json`.
    @inlinable
    public static func accepts(_ type: PostgresOID, _ format: PostgresFormat) -> Bool {
        type == .jsonb || type == .json
    }

    /// Reads the text; in binary form a `jsonb` has the version byte 1 before it.
    ///
    /// - Throws: `nestedTooDeep` beyond 512 levels, `invalidJSON`, `malformed` for another version.
    public init(cell: borrowing PostgresCell) throws(DecodingFault) {
        let text = try cell.jsonText()
        do throws(JSONFault) {
            self = try JSONValue(parsing: text, limits: .cell)
        } catch {
            if case .tooDeep(let limit) = error.reason { throw .nestedTooDeep(limit: limit) }
            throw .invalidJSON(error)
        }
    }
}

extension JSONLimits {
    /// What a cell may hold: its size is bounded by the message that brought it.
    static let cell = JSONLimits(depth: maximumDepth, bytes: .max)
}

extension PostgresCell {
    /// The text of a `json` or `jsonb` value.
    @_lifetime(copy self)
    func jsonText() throws(DecodingFault) -> RawSpan {
        guard type == .jsonb, format == .binary else { return bytes }
        guard bytes.byteCount > 0 else { throw .malformed(.truncated(needed: 1, available: 0, offset: 0)) }
        let version = bytes.unsafeLoad(fromUncheckedByteOffset: 0, as: UInt8.self)
        guard version == 1 else { throw .malformed(.unknownCode(Int(version), offset: 0)) }
        return bytes.extracting(droppingFirst: 1)
    }
}
