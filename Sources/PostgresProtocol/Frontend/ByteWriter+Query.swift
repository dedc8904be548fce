/// Messages of the simple and the extended query protocol.
///
/// Texts hold no U+0000, counts and sizes are within `FrontendLimits`: the caller has checked, so that a user gets an
/// error before the first byte is written. What is missed traps here and never reaches the server cut short.
/// Source: PostgreSQL 18 manual, "Message Formats".
extension ByteWriter {
    /// Appends a Query (simple protocol).
    public mutating func appendQuery(_ sql: String) {
        append(UInt8(ascii: "Q"))
        let position = beginLength()
        append(zeroTerminated: sql)
        endMessage(at: position)
    }

    /// Appends a Parse.
    public mutating func appendParse(statement: String, sql: String, parameterTypes: [UInt32]) {
        append(UInt8(ascii: "P"))
        let position = beginLength()
        append(zeroTerminated: statement)
        append(zeroTerminated: sql)
        append(UInt16(parameterTypes.count))
        for type in parameterTypes { append(type) }
        endMessage(at: position)
    }

    /// Appends a Bind to the unnamed portal.
    ///
    /// - Parameters:
    ///   - statement: The prepared statement's name; empty for the unnamed one.
    ///   - formats: One for each parameter, or none if all are binary.
    ///   - parameterCount: How many values `fields` holds.
    ///   - fields: Each value's length and bytes, one after the other.
    ///   - resultFormat: The format wanted for every column.
    ///   - resultFormats: The format wanted for each column, in place of `resultFormat` unless it is empty.
    @inlinable
    public mutating func appendBind(
        statement: String, formats: [PostgresFormat], parameterCount: Int, fields: RawSpan,
        resultFormat: PostgresFormat, resultFormats: [PostgresFormat] = []
    ) {
        append(UInt8(ascii: "B"))
        let position = beginLength()
        append(UInt8(0))
        append(zeroTerminated: statement)
        if formats.isEmpty {
            append(UInt16(1))
            append(PostgresFormat.binary.rawValue)
        } else {
            append(UInt16(formats.count))
            for format in formats { append(format.rawValue) }
        }
        append(UInt16(parameterCount))
        append(bytes: fields)
        if resultFormats.isEmpty {
            append(UInt16(1))
            append(resultFormat.rawValue)
        } else {
            append(UInt16(resultFormats.count))
            for format in resultFormats { append(format.rawValue) }
        }
        endMessage(at: position)
    }

    /// Appends a Describe of a prepared statement.
    public mutating func appendDescribe(statement: String) {
        append(UInt8(ascii: "D"))
        let position = beginLength()
        append(UInt8(ascii: "S"))
        append(zeroTerminated: statement)
        endMessage(at: position)
    }

    /// Appends an Execute of the unnamed portal, for at most `maximumRows` rows; 0 means all.
    @inlinable
    public mutating func appendExecute(maximumRows: Int32 = 0) {
        append(UInt8(ascii: "E"))
        append(Int32(9))
        append(UInt8(0))
        append(maximumRows)
    }

    /// Appends a Close of a prepared statement.
    public mutating func appendClose(statement: String) {
        append(UInt8(ascii: "C"))
        let position = beginLength()
        append(UInt8(ascii: "S"))
        append(zeroTerminated: statement)
        endMessage(at: position)
    }

    /// Appends a Sync.
    @inlinable
    public mutating func appendSync() {
        append(UInt8(ascii: "S"))
        append(Int32(4))
    }

    /// Appends a Terminate.
    public mutating func appendTerminate() {
        append(UInt8(ascii: "X"))
        append(Int32(4))
    }
}
