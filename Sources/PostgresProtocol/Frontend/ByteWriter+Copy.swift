/// Messages of a COPY from the client.
extension ByteWriter {
    /// Appends a CopyData with these bytes.
    public mutating func appendCopyData(_ bytes: RawSpan) {
        append(UInt8(ascii: "d"))
        append(Int32(bytes.byteCount + 4))
        append(bytes: bytes)
    }

    /// Begins a CopyData; `endMessage(at:)` with the returned position ends it.
    @inlinable
    public mutating func beginCopyData() -> Int {
        append(UInt8(ascii: "d"))
        return beginLength()
    }

    /// Appends a CopyDone.
    public mutating func appendCopyDone() {
        append(UInt8(ascii: "c"))
        append(Int32(4))
    }

    /// Appends a CopyFail with the reason that the server will repeat in its error.
    public mutating func appendCopyFail(_ reason: String) {
        append(UInt8(ascii: "f"))
        let position = beginLength()
        append(zeroTerminated: reason)
        endMessage(at: position)
    }
}
