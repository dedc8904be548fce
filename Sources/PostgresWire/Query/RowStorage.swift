public import PostgresProtocol

/// The bodies of many DataRows, one after the other, and where each begins.
///
/// `@unchecked Sendable`: the session that fills it is its only holder until it hands it over; nobody changes it
/// afterwards.
@usableFromInline
package final class RowStorage: @unchecked Sendable {
    @usableFromInline var writer: ByteWriter
    @usableFromInline var starts: [Int] = []

    package init(capacity: Int) { writer = ByteWriter(capacity: capacity) }

    static let empty = RowStorage(capacity: 0)

    @inlinable var count: Int { starts.count }

    package var byteCount: Int { writer.count }

    /// Appends a row that `DataRow.check` has accepted.
    package func append(_ body: RawSpan) {
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

    /// A row's body: its column count, then length and bytes of each cell.
    @inlinable
    @_lifetime(borrow self)
    func body(of index: Int) -> RawSpan {
        let start = starts[index]
        let end = index &+ 1 < starts.count ? starts[index &+ 1] : writer.count
        // The memory lives as long as this object, which the caller holds.
        let span = RawSpan(_unsafeStart: writer.start + start, byteCount: end &- start)
        return _overrideLifetime(span, borrowing: self)
    }
}
