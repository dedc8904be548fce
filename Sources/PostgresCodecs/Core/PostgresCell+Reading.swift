public import PostgresProtocol

extension PostgresCell {
    /// Reads the whole cell as one big-endian integer.
    ///
    /// - Throws: `malformed` unless the cell has exactly the integer's size.
    @inlinable
    public func integer<Value: FixedWidthInteger & BitwiseCopyable>(
        _ type: Value.Type = Value.self
    ) throws(DecodingFault) -> Value {
        try expect(byteCount: MemoryLayout<Value>.size)
        return Value(bigEndian: bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: 0, as: Value.self))
    }

    /// Copies the whole cell as UTF-8.
    ///
    /// - Throws: `malformed` if the bytes are not UTF-8.
    public func text() throws(DecodingFault) -> String {
        guard let text = String(checkedUTF8: bytes) else { throw .malformed(.invalidUTF8(offset: 0)) }
        return text
    }

    /// Checks the cell's size.
    ///
    /// - Throws: `malformed` unless the cell has exactly `byteCount` bytes.
    @inlinable
    public func expect(byteCount: Int) throws(DecodingFault) {
        let actual = bytes.byteCount
        if actual == byteCount { return }
        if actual < byteCount {
            throw .malformed(.truncated(needed: byteCount, available: actual, offset: 0))
        }
        throw .malformed(.trailingBytes(count: actual &- byteCount, offset: byteCount))
    }

    /// The fault for a text form that its type does not allow.
    static var malformedText: DecodingFault { .malformed(.unknownCode(0, offset: 0)) }

    /// Reads the text form through a failable initializer of the Swift type.
    @usableFromInline
    func parse<Value>(_ make: (String) -> Value?) throws(DecodingFault) -> Value {
        guard let value = make(try text()) else { throw Self.malformedText }
        return value
    }
}
