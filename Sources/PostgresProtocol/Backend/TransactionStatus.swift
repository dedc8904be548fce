/// What the server says of the session's transaction whenever it is ready for more.
public enum TransactionStatus: UInt8, Sendable {
    /// No transaction block is open.
    case idle = 0x49  // I
    /// A transaction block is open.
    case inTransaction = 0x54  // T
    /// A transaction block is open in which a statement failed; only ROLLBACK is accepted.
    case failed = 0x45  // E

    /// Reads the body of ReadyForQuery.
    @inlinable
    public init(readyForQuery body: RawSpan) throws(WireFault) {
        var reader = ByteReader(body)
        let code = try reader.integer(UInt8.self)
        try reader.finish()
        guard let status = TransactionStatus(rawValue: code) else {
            throw .unknownCode(Int(code), offset: 0)
        }
        self = status
    }
}
