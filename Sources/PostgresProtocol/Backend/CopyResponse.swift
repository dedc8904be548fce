/// What the server expects or sends in a COPY.
public struct CopyResponse: Hashable, Sendable {
    /// The format of the whole copy.
    public let format: PostgresFormat
    /// The format of each column.
    public let columns: [PostgresFormat]

    /// Reads the body of a CopyInResponse, CopyOutResponse or CopyBothResponse.
    ///
    /// - Throws: `lengthOutOfRange` if count and body disagree, `unknownCode` for a format that does not exist and
    ///   for a binary column in a textual copy.
    public init(_ body: RawSpan) throws(WireFault) {
        var reader = ByteReader(body)
        let code = try reader.integer(UInt8.self)
        guard let format = PostgresFormat(rawValue: Int16(code)) else {
            throw .unknownCode(Int(code), offset: 0)
        }
        let count = Int(try reader.integer(UInt16.self))
        guard count * 2 == reader.remaining else { throw .lengthOutOfRange(count, offset: 1) }
        var columns: [PostgresFormat] = []
        columns.reserveCapacity(count)
        for _ in 0..<count {
            let offset = reader.offset
            let code = try reader.integer(Int16.self)
            guard let column = PostgresFormat(rawValue: code), format == .binary || column == .text else {
                throw .unknownCode(Int(code), offset: offset)
            }
            columns.append(column)
        }
        self.format = format
        self.columns = columns
    }
}
