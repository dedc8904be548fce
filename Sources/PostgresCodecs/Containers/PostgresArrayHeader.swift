public import PostgresProtocol

/// What precedes the elements in an array's binary form: dimensions and the elements' type.
///
/// It borrows the lengths from the cell, so that reading an array allocates nothing but the array.
///
/// Source: PostgreSQL 18, `array_send`.
public struct PostgresArrayHeader: ~Escapable {
    /// How many dimensions the array has, 0 for an empty array, at most 6.
    public let dimensions: Int
    /// Whether the array claims to contain NULL.
    public let hasNull: Bool
    /// The type of the elements.
    public let elementType: PostgresOID
    /// How many elements the array has in all.
    public let count: Int
    @usableFromInline let lengths: RawSpan

    /// Reads the header and checks it against the bytes that follow.
    ///
    /// - Throws: `malformed` if a number is out of range or fewer bytes follow than so many elements need.
    @_lifetime(copy reader)
    @_lifetime(reader: copy reader)
    public init(reading reader: inout ByteReader) throws(DecodingFault) {
        let dimensions = Int(try reader.decode(Int32.self))
        guard 0...6 ~= dimensions else { throw .malformed(.lengthOutOfRange(dimensions, offset: 0)) }
        let flags = try reader.decode(Int32.self)
        guard 0...1 ~= flags else { throw .malformed(.unknownCode(Int(flags), offset: 4)) }
        let elementType = PostgresOID(rawValue: try reader.decode(UInt32.self))
        let lengths = try reader.decodeBytes(count: dimensions &* 8)
        var count = dimensions == 0 ? 0 : 1
        for level in 0..<dimensions {
            let raw = lengths.unsafeLoadUnaligned(fromUncheckedByteOffset: level &* 8, as: Int32.self)
            let length = Int(Int32(bigEndian: raw))
            let (product, overflow) = count.multipliedReportingOverflow(by: length)
            guard length >= 0, !overflow, product <= Int32.max else {
                throw .malformed(.lengthOutOfRange(length, offset: 12 &+ level &* 8))
            }
            count = product
        }
        guard count <= reader.remaining &>> 2 else {
            throw .malformed(
                .truncated(needed: count &* 4, available: reader.remaining, offset: reader.offset))
        }
        self.dimensions = dimensions
        self.hasNull = flags == 1
        self.elementType = elementType
        self.count = count
        self.lengths = lengths
    }

    /// The number of elements along one dimension, counted from 0.
    @inlinable
    public func length(of dimension: Int) -> Int { Int(integer(at: dimension &* 8, dimension)) }

    /// The index of the first element along one dimension; 1 unless something else was asked for.
    @inlinable
    public func lowerBound(of dimension: Int) -> Int { Int(integer(at: dimension &* 8 &+ 4, dimension)) }

    @usableFromInline
    func integer(at offset: Int, _ dimension: Int) -> Int32 {
        precondition(dimension >= 0 && dimension < dimensions, "the array has no such dimension")
        return Int32(bigEndian: lengths.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: Int32.self))
    }
}
