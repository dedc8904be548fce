public import PostgresProtocol

/// The fields of one row inside of a value: a composite type or a `record`.
///
/// It borrows the bytes; reading a field costs a walk over those before it.
///
/// Source: PostgreSQL 18, `record_send`.
public struct PostgresRecord: ~Escapable {
    /// How many fields there are.
    public let count: Int
    @usableFromInline let fields: RawSpan

    /// Takes a value apart and checks its layout.
    ///
    /// - Throws: `typeMismatch` for text form, `malformed` for counts and lengths that contradict the bytes.
    @_lifetime(copy cell)
    public init(_ cell: borrowing PostgresCell) throws(DecodingFault) {
        guard cell.format == .binary else { throw .typeMismatch(cell.type, cell.format) }
        var reader = ByteReader(cell.bytes)
        let count = try reader.decodeCount(Int32.self, elementBytes: 8)
        self.count = count
        fields = cell.bytes.extracting(droppingFirst: 4)
        for _ in 0..<count {
            _ = try reader.decode(UInt32.self)
            let length = Int(try reader.decode(Int32.self))
            if length != -1 { _ = try reader.decodeBytes(count: length) }
        }
        try reader.finishDecoding()
    }

    /// The type of a field, counted from 0; a domain of a user's is named as itself.
    ///
    /// - Throws: `outOfRange` if there is no such field.
    public func type(at index: Int) throws(DecodingFault) -> PostgresOID {
        var reader = try reader(at: index)
        return PostgresOID(rawValue: try reader.decode())
    }

    /// Reads a field, counted from 0.
    ///
    /// A field whose type is a domain is read as the type that the Swift type is sent as.
    ///
    /// - Throws: `outOfRange` if there is no such field, `typeMismatch`, and what the Swift type throws.
    public func decode<Value: PostgresDecodable>(
        _ type: Value.Type = Value.self, at index: Int
    ) throws(DecodingFault) -> Value {
        var reader = try reader(at: index)
        let field = PostgresOID(rawValue: try reader.decode())
        let length = Int(try reader.decode(Int32.self))
        guard length != -1 else { return try Value.decodeNull() }
        let bytes = try reader.decodeBytes(count: length)
        if Value.accepts(field, .binary) {
            return try Value(cell: PostgresCell(bytes: bytes, type: field))
        }
        guard field.isUserDefined, let sent = Value.self as? any PostgresEncodable.Type,
            Value.accepts(sent.postgresType, .binary)
        else { throw .typeMismatch(field, .binary) }
        return try Value(cell: PostgresCell(bytes: bytes, type: sent.postgresType))
    }

    /// Stands before the type of a field.
    @_lifetime(copy self)
    private func reader(at index: Int) throws(DecodingFault) -> ByteReader {
        guard 0..<count ~= index else { throw .outOfRange }
        var reader = ByteReader(fields)
        for _ in 0..<index {
            _ = try reader.decode(UInt32.self)
            let length = Int(try reader.decode(Int32.self))
            if length != -1 { _ = try reader.decodeBytes(count: length) }
        }
        return reader
    }
}

extension PostgresCell {
    /// Reads the fields of a composite value: `let (id, name) = try cell.fields(Int.self, String?.self)`.
    ///
    /// - Throws: `outOfRange` for another number of fields, and what the fields throw.
    public func fields<each Field: PostgresDecodable>(
        _ types: repeat (each Field).Type
    ) throws(DecodingFault) -> (repeat each Field) {
        let record = try PostgresRecord(self)
        var wanted = 0
        for _ in repeat each types { wanted += 1 }
        guard wanted == record.count else { throw .outOfRange }
        var index = -1
        func next<Value: PostgresDecodable>(_ type: Value.Type) throws(DecodingFault) -> Value {
            index += 1
            return try record.decode(type, at: index)
        }
        return (repeat try next(each types))
    }
}

extension ByteWriter {
    /// Appends the fields of a composite value in the order of the type's attributes.
    ///
    /// Each field must be of the attribute's very type, since the server converts nothing inside of a value.
    ///
    /// - Throws: `custom` for a field whose type has no fixed number or no binary form, and what the fields throw.
    public mutating func append<each Field: PostgresEncodable>(
        fields: repeat each Field
    ) throws(EncodingFault) {
        var count: Int32 = 0
        for _ in repeat (each Field).self { count += 1 }
        append(count)
        for field in repeat each fields { try append(field: field) }
    }

    private mutating func append<Field: PostgresEncodable>(field: Field) throws(EncodingFault) {
        guard Field.postgresFormat == .binary else {
            throw .custom(
                "a field of a composite value needs a binary form; an enum has one if its name is known")
        }
        if Field.postgresType != .unspecified {
            append(Field.postgresType.rawValue)
        } else if let name = Field.postgresTypeName {
            append(typeNamed: name)
        } else {
            throw .custom("a field of a composite value needs a type whose number or name is known")
        }
        try field.encodeField(into: &self)
    }
}
