internal import PostgresProtocol

/// Takes the data of a binary COPY apart, however they are cut into messages.
///
/// A row of a COPY has the layout of a DataRow, so that the same code reads both.
package struct CopyRowReader: ~Copyable {
    private enum Phase {
        case header
        case rows
        case ended
    }

    private static let signature: [UInt8] = [
        0x50, 0x47, 0x43, 0x4f, 0x50, 0x59, 0x0a, 0xff, 0x0d, 0x0a, 0x00,
    ]

    private let columns: Int
    private var phase = Phase.header
    /// How many rows have come.
    package private(set) var rowCount = 0
    /// The beginning of a row whose end has not come.
    private var carry = ByteWriter(capacity: 64)

    package init(columns: Int) { self.columns = columns }

    /// Takes some of the data and appends the rows that are complete.
    package mutating func received(_ bytes: RawSpan, into rows: RowStorage) throws(CopyFault) {
        guard carry.count > 0 else {
            let taken = try take(bytes, into: rows)
            carry.append(bytes: bytes.extracting(droppingFirst: taken))
            return
        }
        carry.append(bytes: bytes)
        var whole = ByteWriter(capacity: 64)
        swap(&whole, &carry)
        let taken = try take(whole.bytes, into: rows)
        carry.append(bytes: whole.bytes.extracting(droppingFirst: taken))
    }

    /// Checks that the data have come to their end, with as many rows as the server has `counted`.
    package func finish(counted: Int? = nil) throws(CopyFault) {
        guard phase == .ended, carry.count == 0 else { throw .truncated }
        guard let counted, counted != rowCount else { return }
        throw .rowCount(rowCount, counted: counted)
    }

    /// Returns how many bytes have been dealt with.
    private mutating func take(_ bytes: RawSpan, into rows: RowStorage) throws(CopyFault) -> Int {
        var taken = 0
        while true {
            let rest = bytes.extracting(droppingFirst: taken)
            let length: Int?
            switch phase {
            case .header:
                length = try Self.headerLength(rest)
                if length != nil { phase = .rows }
            case .rows:
                length = try rowLength(rest)
                if let length, phase == .rows {
                    rows.append(rest.extracting(first: length))
                    rowCount += 1
                }
            case .ended:
                guard rest.byteCount == 0 else { throw .dataAfterEnd }
                return taken
            }
            guard let length else { return taken }
            taken += length
        }
    }

    /// The length of the header; nil while it is not complete.
    private static func headerLength(_ bytes: RawSpan) throws(CopyFault) -> Int? {
        for (offset, byte) in signature.enumerated() where offset < bytes.byteCount {
            let actual = bytes.unsafeLoad(fromByteOffset: offset, as: UInt8.self)
            guard actual == byte else { throw .badSignature }
        }
        var reader = ByteReader(bytes)
        guard bytes.byteCount >= 19 else { return nil }
        do throws(WireFault) {
            _ = try reader.bytes(count: signature.count)
            let flags = try reader.integer(UInt32.self)
            // The upper half holds what a reader must know; bit 16 announces object identifiers.
            guard flags & 0xffff_0000 == 0 else { throw WireFault.unknownCode(Int(flags), offset: 11) }
            let length = Int(try reader.integer(Int32.self))
            guard length >= 0 else { throw WireFault.lengthOutOfRange(length, offset: 15) }
            return reader.remaining >= length ? 19 + length : nil
        } catch {
            if case .unknownCode(let flags, _) = error {
                throw .unsupportedFlags(UInt32(truncatingIfNeeded: flags))
            }
            throw .malformed(error)
        }
    }

    /// The length of the next row or of the end mark; nil while it is not complete.
    private mutating func rowLength(_ bytes: RawSpan) throws(CopyFault) -> Int? {
        var reader = ByteReader(bytes)
        guard let count = try? reader.integer(Int16.self) else { return nil }
        if count == -1 {
            phase = .ended
            return 2
        }
        guard count == columns else { throw .columnCount(Int(count), expected: columns) }
        for _ in 0..<columns {
            let offset = reader.offset
            guard let length = try? reader.integer(Int32.self) else { return nil }
            guard length >= -1 else { throw .malformed(.lengthOutOfRange(Int(length), offset: offset)) }
            guard length > 0 else { continue }
            guard (try? reader.bytes(count: Int(length))) != nil else { return nil }
        }
        return reader.offset
    }
}
