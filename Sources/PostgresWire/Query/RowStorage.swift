internal import PostgresProtocol

/// The bodies of many DataRows, one after the other, and where each begins.
///
/// `@unchecked Sendable`: the session that fills it is its only holder until it hands it over; nobody changes it
/// afterwards.
@usableFromInline
final class RowStorage: @unchecked Sendable {
    private var writer: ByteWriter
    private var starts: [Int] = []

    init(capacity: Int) { writer = ByteWriter(capacity: capacity) }

    static let empty = RowStorage(capacity: 0)

    var count: Int { starts.count }

    var byteCount: Int { writer.count }

    /// Appends a row that `DataRow.check` has accepted.
    func append(_ body: RawSpan) {
        starts.append(writer.count)
        writer.append(bytes: body)
    }

    /// Reads everything that was appended, as one piece.
    func withBytes<Result, Failure: Error>(
        _ read: (RawSpan) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        // The memory lives as long as this object, which the caller holds.
        try read(RawSpan(_unsafeStart: writer.start, byteCount: writer.count))
    }

    /// Reads a row's body: its column count, then length and bytes of each cell.
    func withBody<Result, Failure: Error>(
        of index: Int, _ read: (RawSpan) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let end = index + 1 < starts.count ? starts[index + 1] : writer.count
        let start = writer.start + starts[index]
        // The memory lives as long as this object, which the caller holds.
        return try read(RawSpan(_unsafeStart: start, byteCount: end - starts[index]))
    }
}
