/// The layout of a DataRow: a column count, then for each column its length (-1 is NULL) and its bytes.
public enum DataRow {
    /// Checks the whole layout, so that later readers may trust it.
    ///
    /// - Throws: `lengthOutOfRange` if the count differs from `columns` or a length is below -1, `truncated` or
    ///   `trailingBytes` if lengths and body disagree.
    @inlinable
    public static func check(_ body: RawSpan, columns: Int) throws(WireFault) {
        guard body.byteCount >= 2 else {
            throw .truncated(needed: 2, available: body.byteCount, offset: 0)
        }
        let count = Int(
            UInt16(bigEndian: body.unsafeLoadUnaligned(fromUncheckedByteOffset: 0, as: UInt16.self)))
        guard count == columns else { throw .lengthOutOfRange(count, offset: 0) }
        var offset = 2
        let end = body.byteCount
        for _ in 0..<columns {
            guard end &- offset >= 4 else {
                throw .truncated(needed: 4, available: end &- offset, offset: offset)
            }
            let length = Int(
                Int32(bigEndian: body.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: Int32.self)))
            offset &+= 4
            if length > 0 {
                guard end &- offset >= length else {
                    throw .truncated(needed: length, available: end &- offset, offset: offset)
                }
                offset &+= length
            } else if length < -1 {
                throw .lengthOutOfRange(length, offset: offset &- 4)
            }
        }
        guard offset == end else { throw .trailingBytes(count: end &- offset, offset: offset) }
    }
}
