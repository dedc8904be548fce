import PostgresProtocol

extension ByteWriter {
    /// A copy of what was written.
    var written: [UInt8] { bytes.withUnsafeBytes { [UInt8]($0) } }
}
