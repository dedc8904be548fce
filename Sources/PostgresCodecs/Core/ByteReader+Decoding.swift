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

    /// Reads how many parts follow, each of at least `elementBytes` bytes, after `headerBytes` more.
    ///
    /// - Throws: `malformed` for a negative count and for one that the bytes left cannot hold, so that a count may be
    ///   trusted with memory.
    @_lifetime(self: copy self)
    mutating func decodeCount<Count: FixedWidthInteger & BitwiseCopyable>(
        _ type: Count.Type, elementBytes: Int, headerBytes: Int = 0
    ) throws(DecodingFault) -> Int {
        let start = offset
        let count = Int(truncatingIfNeeded: try decode(Count.self))
        guard count >= 0 else { throw .malformed(.lengthOutOfRange(count, offset: start)) }
        let (size, overflow) = count.multipliedReportingOverflow(by: elementBytes)
        guard !overflow, size <= remaining - headerBytes else {
            throw .malformed(.truncated(needed: overflow ? .max : size, available: remaining, offset: offset))
        }
        return count
    }

    /// Reads a part of a value as UTF-8.
    @_lifetime(self: copy self)
    mutating func decodeText(count: Int) throws(DecodingFault) -> String {
        do throws(WireFault) { return try string(count: count) } catch { throw .malformed(error) }
    }

    /// Reads UTF-8 up to a zero byte.
    @_lifetime(self: copy self)
    mutating func decodeZeroTerminatedText() throws(DecodingFault) -> String {
        do throws(WireFault) { return try zeroTerminatedString() } catch { throw .malformed(error) }
    }
}
