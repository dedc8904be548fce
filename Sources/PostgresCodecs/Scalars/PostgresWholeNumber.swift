public import PostgresProtocol

/// A Swift integer that reads every integer type of PostgreSQL that is not wider.
@usableFromInline
protocol PostgresWholeNumber: PostgresFixedWidth, FixedWidthInteger {}

extension PostgresWholeNumber {
    /// Takes `int2`, and `int4`, `int8` and `oid` if they are not wider than this type.
    @inlinable
    public static func accepts(_ type: PostgresOID, _ format: PostgresFormat) -> Bool {
        if type == postgresType || type == .int2 { return true }
        if type == .int4 { return Pattern.bitWidth >= 32 }
        return Pattern.bitWidth >= 64 && (type == .int8 || type == .oid)
    }

    /// Reads the value.
    ///
    /// - Throws: `outOfRange` for what the type cannot hold.
    @inlinable
    public init(cell: borrowing PostgresCell) throws(DecodingFault) {
        if cell.format == .binary, cell.type == Self.postgresType, Pattern.bitWidth == Self.bitWidth {
            self.init(pattern: try cell.integer(Pattern.self))
            return
        }
        guard let value = Self(exactly: try cell.widenedInteger()) else { throw .outOfRange }
        self = value
    }
}

extension PostgresCell {
    /// Reads an integer of any size.
    @inlinable
    func widenedInteger() throws(DecodingFault) -> Int64 {
        guard format == .binary else { return try parse { Int64($0) } }
        if type == .int8 { return try integer(Int64.self) }
        if type == .int4 { return Int64(try integer(Int32.self)) }
        if type == .int2 { return Int64(try integer(Int16.self)) }
        return Int64(try integer(UInt32.self))
    }
}
