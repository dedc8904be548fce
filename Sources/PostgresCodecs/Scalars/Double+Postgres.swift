public import PostgresProtocol

extension Double: PostgresEncodable {
    /// `float8`.
    @inlinable public static var postgresType: PostgresOID { .float8 }
}

extension Double: PostgresDecodable {
    /// Takes `float8` and `float4`.
    @inlinable
    public static func accepts(_ type: PostgresOID, _ format: PostgresFormat) -> Bool {
        type == .float8 || type == .float4
    }

    /// Reads the value; in text form, also `NaN`, `Infinity` and `-Infinity`.
    ///
    /// A `float4` becomes the `Double` of exactly its value: 0.1 as `float4` is 0.10000000149011612.
    @inlinable
    public init(cell: borrowing PostgresCell) throws(DecodingFault) {
        guard cell.format == .binary else {
            self = try cell.parse { Double($0) }
            return
        }
        if cell.type == .float4 {
            self.init(Float(bitPattern: try cell.integer(UInt32.self)))
        } else {
            self.init(bitPattern: try cell.integer(UInt64.self))
        }
    }
}

extension Double: PostgresFixedWidth {
    @inlinable var pattern: UInt64 { bitPattern }

    @inlinable
    init(pattern: UInt64) { self.init(bitPattern: pattern) }
}
