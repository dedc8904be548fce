public import PostgresProtocol

extension PostgresTimestamp: PostgresEncodable {
    /// `timestamptz`.
    @inlinable public static var postgresType: PostgresOID { .timestamptz }

    /// Appends the microseconds.
    ///
    /// - Throws: `outOfRange` for what is neither infinite nor in the server's range.
    public func encode(into writer: inout ByteWriter) throws(EncodingFault) {
        guard !isFinite || Self.serverRange.contains(microseconds) else {
            throw .outOfRange(type: "timestamptz")
        }
        writer.append(microseconds)
    }
}

extension PostgresTimestamp: PostgresDecodable {
    /// Takes `timestamptz`, and `timestamp` as if it were in UTC.
    @inlinable
    public static func accepts(_ type: PostgresOID, _ format: PostgresFormat) -> Bool {
        type == .timestamptz || type == .timestamp
    }

    /// Reads the microseconds; in text form, the ISO style.
    public init(cell: borrowing PostgresCell) throws(DecodingFault) {
        guard cell.format == .binary else {
            self = try cell.parse { PostgresTimestamp($0) }
            return
        }
        microseconds = try cell.integer(Int64.self)
    }
}
