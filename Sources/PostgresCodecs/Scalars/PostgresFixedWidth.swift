public import PostgresProtocol

/// A number that PostgreSQL stores as one big-endian integer of the same size: its arrays are copied in bulk.
///
/// A conforming type says which type it is and how a cell is read; all the writing follows.
@usableFromInline
protocol PostgresFixedWidth: PostgresEncodable, PostgresDecodable, BitwiseCopyable {
    associatedtype Pattern: FixedWidthInteger & BitwiseCopyable & Sendable
    init(pattern: Pattern)
    var pattern: Pattern { get }
}

extension PostgresFixedWidth {
    /// Appends the value.
    @inlinable
    public func encode(into writer: inout ByteWriter) throws(EncodingFault) { writer.append(pattern) }

    /// Appends the length and the value in one step.
    @inlinable
    public func encodeField(into writer: inout ByteWriter) throws(EncodingFault) {
        writer.append(Int32(truncatingIfNeeded: MemoryLayout<Pattern>.size))
        writer.append(pattern)
    }

    /// Appends the elements in bulk.
    @inlinable
    public static func encodePostgresElements(
        _ values: [Self], into writer: inout ByteWriter
    ) throws(EncodingFault) -> Bool {
        encodeInBulk(values, into: &writer)
        return false
    }

    /// Reads the elements in bulk.
    @inlinable
    @_lifetime(reader: copy reader)
    public static func decodePostgresElements(
        _ reader: inout ByteReader, type: PostgresOID, count: Int
    ) throws(DecodingFault) -> [Self] {
        try decodeInBulk(&reader, type, count)
    }

    /// Appends all elements with their lengths; never NULL.
    @inlinable
    @inline(__always)
    static func encodeInBulk(_ values: [Self], into writer: inout ByteWriter) {
        let width = MemoryLayout<Pattern>.size
        let stride = 4 &+ width
        writer.append(uninitialized: values.count &* stride) { buffer in
            // No elements: no memory.
            guard var target = buffer.baseAddress else { return }
            let length = Int32(truncatingIfNeeded: width).bigEndian
            for value in values {
                target.storeBytes(of: length, as: Int32.self)
                (target + 4).storeBytes(of: value.pattern.bigEndian, as: Pattern.self)
                target += stride
            }
        }
    }

    /// Reads elements of exactly this width without NULLs in bulk, anything else one by one.
    @inlinable
    @inline(__always)
    @_lifetime(reader: copy reader)
    static func decodeInBulk(
        _ reader: inout ByteReader, _ type: PostgresOID, _ count: Int
    ) throws(DecodingFault) -> [Self] {
        let width = MemoryLayout<Pattern>.size
        let (size, overflow) = count.multipliedReportingOverflow(by: 4 &+ width)
        if type == postgresType, !overflow, size <= reader.remaining {
            let start = reader
            let bytes = try reader.decodeBytes(count: size)
            let values = bytes.withUnsafeBytes { copyInBulk($0, count) }
            if values.count == count { return values }
            reader = start
        }
        return try decodeOneByOne(&reader, type, count)
    }

    /// Copies up to `count` elements out of a buffer that has room for all, until the first of another length.
    @inlinable
    @inline(__always)
    static func copyInBulk(_ buffer: UnsafeRawBufferPointer, _ count: Int) -> [Self] {
        let width = MemoryLayout<Pattern>.size
        guard var source = buffer.baseAddress else { return [] }
        return [Self](unsafeUninitializedCapacity: count) { target, written in
            guard let base = target.baseAddress else { return }
            let length = Int32(truncatingIfNeeded: width).bigEndian
            var index = 0
            while index < count, source.loadUnaligned(as: Int32.self) == length {
                let raw = (source + 4).loadUnaligned(as: Pattern.self)
                (base + index).initialize(to: Self(pattern: Pattern(bigEndian: raw)))
                source += 4 &+ width
                index &+= 1
            }
            written = index
        }
    }
}
