/// The server's answer to a protocol version or option that it does not know.
public struct NegotiateProtocolVersion: Hashable, Sendable {
    /// The newest minor version the server speaks for the major version we asked for.
    public let minorVersion: Int32
    /// The protocol options it did not recognise.
    public let unknownOptions: [String]

    /// Reads the body of a NegotiateProtocolVersion.
    public init(_ body: RawSpan) throws(WireFault) {
        var reader = ByteReader(body)
        minorVersion = try reader.integer(Int32.self) & 0xffff
        let count = Int(try reader.integer(Int32.self))
        guard count >= 0, count <= reader.remaining else { throw .lengthOutOfRange(count, offset: 4) }
        var options: [String] = []
        for _ in 0..<count { options.append(try reader.zeroTerminatedString()) }
        unknownOptions = options
        try reader.finish()
    }
}
