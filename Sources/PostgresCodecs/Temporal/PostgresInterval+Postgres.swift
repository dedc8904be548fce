public import PostgresProtocol

extension PostgresInterval: PostgresExactType {
    /// `interval`.
    public static var postgresType: PostgresOID { .interval }

    /// Appends microseconds, days and months.
    public func encode(into writer: inout ByteWriter) throws(EncodingFault) {
        writer.append(microseconds)
        writer.append(days)
        writer.append(months)
    }

    @_lifetime(reader: copy reader)
    package init(reading reader: inout ByteReader) throws(DecodingFault) {
        microseconds = try reader.decode()
        days = try reader.decode()
        months = try reader.decode()
    }
}

extension Duration: PostgresEncodable {
    /// `interval`.
    public static var postgresType: PostgresOID { .interval }

    /// Appends the span without months and days, rounded to the nearest microsecond.
    ///
    /// - Throws: `outOfRange` beyond 292,271 years.
    public func encode(into writer: inout ByteWriter) throws(EncodingFault) {
        guard let interval = PostgresInterval(self) else { throw .outOfRange(type: "interval") }
        try interval.encode(into: &writer)
    }
}

extension Duration: PostgresDecodable {
    /// Takes `interval`.
    public static func accepts(_ type: PostgresOID, _ format: PostgresFormat) -> Bool { type == .interval }

    /// Reads an interval, a day counted as 24 hours; exact.
    ///
    /// - Throws: `outOfRange` for an interval with months, and for the infinities.
    public init(cell: borrowing PostgresCell) throws(DecodingFault) {
        guard let duration = try PostgresInterval(cell: cell).duration else { throw .outOfRange }
        self = duration
    }
}
