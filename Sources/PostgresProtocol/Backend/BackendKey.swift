/// What a cancel request must show: the number of the server process and its secret key.
public struct BackendKey: Sendable, Equatable {
    /// The number of the server process.
    public let processID: Int32
    /// The secret, 4 to 256 bytes; it must never be printed.
    public let secret: [UInt8]

    /// Reads the body of a BackendKeyData.
    public init(_ body: RawSpan) throws(WireFault) {
        var reader = ByteReader(body)
        processID = try reader.integer()
        let length = reader.remaining
        guard (4...256).contains(length) else { throw .lengthOutOfRange(length, offset: 4) }
        secret = reader.rest().copiedBytes
    }
}

extension BackendKey: CustomStringConvertible, CustomReflectable {
    /// The process, never the secret.
    public var description: String { "backend \(processID)" }

    /// The process, never the secret.
    public var customMirror: Mirror { Mirror(self, children: ["processID": processID]) }
}
