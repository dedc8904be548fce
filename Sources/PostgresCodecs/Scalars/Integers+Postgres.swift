extension Int: PostgresEncodable, PostgresDecodable {
    /// `int8`.
    @inlinable public static var postgresType: PostgresOID { .int8 }
}

extension Int: PostgresWholeNumber {
    @inlinable var pattern: Int64 { Int64(self) }

    @inlinable
    init(pattern: Int64) { self = Int(truncatingIfNeeded: pattern) }
}

extension Int64: PostgresEncodable, PostgresDecodable {
    /// `int8`.
    @inlinable public static var postgresType: PostgresOID { .int8 }
}

extension Int64: PostgresWholeNumber {
    @inlinable var pattern: Int64 { self }

    @inlinable
    init(pattern: Int64) { self = pattern }
}

extension Int32: PostgresEncodable, PostgresDecodable {
    /// `int4`.
    @inlinable public static var postgresType: PostgresOID { .int4 }
}

extension Int32: PostgresWholeNumber {
    @inlinable var pattern: Int32 { self }

    @inlinable
    init(pattern: Int32) { self = pattern }
}

extension Int16: PostgresEncodable, PostgresDecodable {
    /// `int2`.
    @inlinable public static var postgresType: PostgresOID { .int2 }
}

extension Int16: PostgresWholeNumber {
    @inlinable var pattern: Int16 { self }

    @inlinable
    init(pattern: Int16) { self = pattern }
}
