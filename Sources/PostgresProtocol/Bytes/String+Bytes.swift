extension String {
    /// Copies bytes that must be valid UTF-8; nil if they are not.
    ///
    /// Up to 15 bytes are stored inline, without an allocation.
    @inlinable
    package init?(checkedUTF8 bytes: RawSpan) {
        let text: String? = bytes.withUnsafeBytes { buffer in
            guard buffer.isASCII else { return String(validating: buffer, as: UTF8.self) }
            return String(decoding: buffer, as: UTF8.self)
        }
        guard let text else { return nil }
        self = text
    }

    /// Whether a zero byte is in the text, which would end it early on the wire and let the rest pass for more
    /// fields.
    @inlinable
    public var holdsZeroByte: Bool {
        utf8.withContiguousStorageIfAvailable { UnsafeRawBufferPointer($0).holdsZeroByte } ?? utf8.contains(0)
    }
}

extension UnsafeRawBufferPointer {
    /// Whether no byte is above 0x7F; looks at eight bytes at a time.
    @inlinable
    package var isASCII: Bool {
        let highs: UInt64 = 0x8080_8080_8080_8080
        var offset = 0
        while offset &+ 8 <= count {
            guard loadUnaligned(fromByteOffset: offset, as: UInt64.self) & highs == 0 else { return false }
            offset &+= 8
        }
        while offset < count {
            guard self[offset] < 0x80 else { return false }
            offset &+= 1
        }
        return true
    }

    /// Whether a byte is zero; looks at eight bytes at a time.
    @inlinable
    package var holdsZeroByte: Bool {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let highs: UInt64 = 0x8080_8080_8080_8080
        var offset = 0
        while offset &+ 8 <= count {
            let word = loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            // Subtracting one from each byte borrows into its high bit exactly if a byte is zero.
            guard (word &- ones) & ~word & highs == 0 else { return true }
            offset &+= 8
        }
        while offset < count {
            guard self[offset] != 0 else { return true }
            offset &+= 1
        }
        return false
    }
}
