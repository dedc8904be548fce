/// A cursor over bytes that a peer sent; every step is checked.
///
/// It borrows the bytes and never copies them. All integers are big-endian, as everywhere in PostgreSQL's
/// protocol.
public struct ByteReader: ~Escapable {
    @usableFromInline let span: RawSpan
    @usableFromInline var position: Int

    /// Creates a cursor at the first byte of `span`.
    @inlinable
    @_lifetime(copy span)
    public init(_ span: RawSpan) {
        self.span = span
        position = 0
    }

    /// How many bytes have been read.
    @inlinable
    public var offset: Int { position }

    /// How many bytes are left.
    @inlinable
    public var remaining: Int { span.byteCount &- position }

    /// Reads a big-endian integer.
    @inlinable
    @_lifetime(self: copy self)
    public mutating func integer<Value: FixedWidthInteger & BitwiseCopyable>(
        _ type: Value.Type = Value.self
    ) throws(WireFault) -> Value {
        let width = MemoryLayout<Value>.size
        guard remaining >= width else { throw truncated(width) }
        let value = span.unsafeLoadUnaligned(fromUncheckedByteOffset: position, as: Value.self)
        position &+= width
        return Value(bigEndian: value)
    }

    /// Reads `count` bytes as a view into the same memory.
    @inlinable
    @_lifetime(copy self)
    @_lifetime(self: copy self)
    public mutating func bytes(count: Int) throws(WireFault) -> RawSpan {
        guard count >= 0 else { throw .lengthOutOfRange(count, offset: position) }
        guard remaining >= count else { throw truncated(count) }
        let part = span.extracting(unchecked: Range(uncheckedBounds: (position, position &+ count)))
        position &+= count
        return part
    }

    /// Reads everything that is left.
    @inlinable
    @_lifetime(copy self)
    @_lifetime(self: copy self)
    public mutating func rest() -> RawSpan {
        let part = span.extracting(unchecked: Range(uncheckedBounds: (position, span.byteCount)))
        position = span.byteCount
        return part
    }

    /// Reads `count` bytes of UTF-8.
    @inlinable
    @_lifetime(self: copy self)
    public mutating func string(count: Int) throws(WireFault) -> String {
        let start = position
        let part = try bytes(count: count)
        guard let text = String(checkedUTF8: part) else { throw .invalidUTF8(offset: start) }
        return text
    }

    /// Reads a zero-terminated string.
    @_lifetime(self: copy self)
    public mutating func zeroTerminatedString() throws(WireFault) -> String {
        let start = position
        let part = try zeroTerminatedBytes()
        guard let text = String(checkedUTF8: part) else { throw .invalidUTF8(offset: start) }
        return text
    }

    /// Reads a zero-terminated string of the server's own words, in which wrong UTF-8 is replaced by U+FFFD: a
    /// server that has not agreed on an encoding yet may use another one.
    @_lifetime(self: copy self)
    public mutating func repairedZeroTerminatedString() throws(WireFault) -> String {
        let part = try zeroTerminatedBytes()
        return part.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
    }

    /// Reads bytes up to a zero byte, which is taken and not returned.
    @_lifetime(copy self)
    @_lifetime(self: copy self)
    private mutating func zeroTerminatedBytes() throws(WireFault) -> RawSpan {
        var end = position
        while end < span.byteCount {
            if span.unsafeLoad(fromUncheckedByteOffset: end, as: UInt8.self) == 0 {
                let part = span.extracting(unchecked: Range(uncheckedBounds: (position, end)))
                position = end &+ 1
                return part
            }
            end &+= 1
        }
        throw .unterminatedString(offset: position)
    }

    /// Checks that nothing is left.
    @inlinable
    public func finish() throws(WireFault) {
        guard remaining == 0 else { throw .trailingBytes(count: remaining, offset: position) }
    }

    @usableFromInline
    func truncated(_ needed: Int) -> WireFault {
        .truncated(needed: needed, available: remaining, offset: position)
    }
}
