public import PostgresProtocol

/// `enum Status: String, PostgresEncodable` needs nothing more: the raw value is sent.
extension PostgresEncodable where Self: RawRepresentable, RawValue: PostgresEncodable {
    /// The raw value's type.
    @inlinable public static var postgresType: PostgresOID { RawValue.postgresType }

    /// The raw value's format.
    @inlinable public static var postgresFormat: PostgresFormat { RawValue.postgresFormat }

    /// Appends the raw value.
    @inlinable
    public func encode(into writer: inout ByteWriter) throws(EncodingFault) {
        try rawValue.encode(into: &writer)
    }
}

/// A type with a `String` as raw value fits an enum type of the database as well as a `text` column, therefore it is
/// sent in text form without a type, and its array in text form too. If the type says by `postgresTypeName` which enum
/// type it stands for, it is sent in binary form, and may lie in composite values.
extension PostgresEncodable where Self: RawRepresentable<String> {
    /// Unspecified: the server takes the type from the place of the parameter.
    @inlinable public static var postgresType: PostgresOID { .unspecified }

    /// Text, which is binary too where the type is known to be an enum type of the database.
    @inlinable public static var postgresFormat: PostgresFormat { postgresTypeName == nil ? .text : .binary }

    /// Appends the raw value.
    @inlinable
    public func encode(into writer: inout ByteWriter) throws(EncodingFault) {
        try rawValue.encode(into: &writer)
    }
}

/// `enum Status: String, PostgresDecodable` needs nothing more: the raw value is read.
extension PostgresDecodable where Self: RawRepresentable, RawValue: PostgresDecodable {
    /// Takes what the raw value takes.
    @inlinable
    public static func accepts(_ type: PostgresOID, _ format: PostgresFormat) -> Bool {
        RawValue.accepts(type, format)
    }

    /// Reads the raw value.
    ///
    /// - Throws: `outOfRange` for a raw value that the Swift type does not have.
    @inlinable
    public init(cell: borrowing PostgresCell) throws(DecodingFault) {
        guard let value = Self(rawValue: try RawValue(cell: cell)) else { throw .outOfRange }
        self = value
    }
}
