public import PostgresProtocol

/// The physical place of a row version in its table: PostgreSQL's `tid`, the type of `ctid`.
///
/// Source: PostgreSQL 18 manual, "Object Identifier Types".
public struct PostgresTupleID: Hashable, Sendable {
    /// The block, counted from 0.
    public var block: UInt32
    /// The row's number in the block, counted from 1.
    public var offset: UInt16

    /// Names a place.
    public init(block: UInt32, offset: UInt16) {
        self.block = block
        self.offset = offset
    }
}

extension PostgresTupleID: PostgresExactType {
    /// `tid`.
    public static var postgresType: PostgresOID { .tid }

    /// The server's text: `(42,7)`.
    public var description: String { "(\(block),\(offset))" }

    /// Reads `(42,7)`; nil for anything else.
    public init?(_ text: String) {
        var scanner = TextScanner(text)
        guard scanner.skip("("), let block = scanner.number(digits: 10), scanner.skip(","),
            let offset = scanner.number(digits: 5), scanner.skip(")"), scanner.isAtEnd,
            let block = UInt32(exactly: block), let offset = UInt16(exactly: offset)
        else { return nil }
        self.init(block: block, offset: offset)
    }

    /// Appends block and offset.
    public func encode(into writer: inout ByteWriter) throws(EncodingFault) {
        writer.append(block)
        writer.append(offset)
    }

    @_lifetime(reader: copy reader)
    package init(reading reader: inout ByteReader) throws(DecodingFault) {
        block = try reader.decode()
        offset = try reader.decode()
    }
}
