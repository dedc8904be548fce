internal import PostgresProtocol

/// Some of the data of a COPY to the client, as they came.
///
/// A chunk is whatever has arrived: it need not end where a row ends.
public struct PostgresCopyChunk: Sendable {
    let storage: RowStorage

    /// How many bytes there are, at least 1.
    public var count: Int { storage.byteCount }

    /// Lends the bytes, without copying them.
    public func withUnsafeBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try storage.withBytes { bytes throws(Failure) in
            try bytes.withUnsafeBytes { buffer throws(Failure) in try body(buffer) }
        }
    }

    /// A copy of the bytes.
    public var bytes: [UInt8] { withUnsafeBytes { [UInt8]($0) } }
}
