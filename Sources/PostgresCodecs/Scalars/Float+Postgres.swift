public import PostgresProtocol

extension Float: PostgresEncodable {
    /// `float4`.
    @inlinable public static var postgresType: PostgresOID { .float4 }
}

extension Float: PostgresDecodable {
    /// Takes `float4`.
    @inlinable
    public static func accepts(_ type: PostgresOID, _ format: PostgresFormat) -> Bool {
        type == .float4
    }

    /// Reads the value; in text form, also `NaN`, `Infinity` and `-Infinity`.
    @inlinable
    public init(cell: borrowing PostgresCell) throws(DecodingFault) {
        guard cell.format == .binary else {
            self = try cell.parse { Float($0) }
            return
        }
        self.init(bitPattern: try cell.integer(UInt32.self))
    }
}

extension Float: PostgresFixedWidth {
    @inlinable var pattern: UInt32 { bitPattern }

    @inlinable
    init(pattern: UInt32) { self.init(bitPattern: pattern) }
}
