public import PostgresProtocol

extension ByteReader {
    /// Reads a big-endian integer of a value.
    @inlinable
    @_lifetime(self: copy self)
    mutating func decode<Value: FixedWidthInteger & BitwiseCopyable>(
        _ type: Value.Type = Value.self
    ) throws(DecodingFault) -> Value {
        do throws(WireFault) { return try integer(type) } catch { throw .malformed(error) }
    }

    /// Reads a part of a value as a view.
    @inlinable
    @_lifetime(copy self)
    @_lifetime(self: copy self)
    mutating func decodeBytes(count: Int) throws(DecodingFault) -> RawSpan {
        do throws(WireFault) { return try bytes(count: count) } catch { throw .malformed(error) }
    }

    /// Checks that a value has been read to its end.
    @inlinable
    func finishDecoding() throws(DecodingFault) {
        do throws(WireFault) { try finish() } catch { throw .malformed(error) }
    }
}
