public import PostgresProtocol

extension PostgresOID: PostgresEncodable {
    /// `oid`.
    @inlinable public static var postgresType: PostgresOID { .oid }

    /// Appends the number.
    @inlinable
    public func encode(into writer: inout ByteWriter) throws(EncodingFault) { writer.append(rawValue) }
}

extension PostgresOID: PostgresDecodable {
    /// Takes `oid` and, in binary form, the `reg…` types, which are numbers too.
    public static func accepts(_ type: PostgresOID, _ format: PostgresFormat) -> Bool {
        switch type {
        case .oid: true
        case .regProc, .regProcedure, .regOper, .regOperator, .regClass, .regType, .regConfig, .regDictionary,
            .regNamespace, .regRole, .regCollation:
            format == .binary
        default: false
        }
    }

    /// Reads the number.
    @inlinable
    public init(cell: borrowing PostgresCell) throws(DecodingFault) {
        guard cell.format == .binary else {
            self.init(rawValue: try cell.parse { UInt32($0) })
            return
        }
        self.init(rawValue: try cell.integer(UInt32.self))
    }
}
