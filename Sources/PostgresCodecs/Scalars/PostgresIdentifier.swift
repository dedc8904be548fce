package import PostgresProtocol

/// A number that names something inside of the server: a transaction, a command, a place in the log.
package protocol PostgresIdentifier: PostgresExactType, RawRepresentable, ExpressibleByIntegerLiteral
where RawValue: FixedWidthInteger & BitwiseCopyable, IntegerLiteralType == RawValue {
    init(rawValue: RawValue)
}

extension PostgresIdentifier {
    /// Names the number.
    public init(integerLiteral value: RawValue) { self.init(rawValue: value) }

    /// The number in decimal digits.
    public var description: String { String(rawValue) }

    /// Reads decimal digits; nil for anything else.
    public init?(_ text: String) {
        guard let value = RawValue(text) else { return nil }
        self.init(rawValue: value)
    }

    /// Appends the number.
    public func encode(into writer: inout ByteWriter) throws(EncodingFault) { writer.append(rawValue) }

    @_lifetime(reader: copy reader)
    package init(reading reader: inout ByteReader) throws(DecodingFault) {
        self.init(rawValue: try reader.decode())
    }
}
