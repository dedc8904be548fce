extension String {
    /// Copies bytes that must be valid UTF-8; nil if they are not.
    ///
    /// Up to 15 bytes are stored inline, without an allocation.
    @inlinable
    package init?(checkedUTF8 bytes: RawSpan) {
        let text: String? = bytes.withUnsafeBytes { buffer in
            guard buffer.allSatisfy({ $0 < 0x80 }) else {
                return String(validating: buffer, as: UTF8.self)
            }
            return String(decoding: buffer, as: UTF8.self)
        }
        guard let text else { return nil }
        self = text
    }
}

extension String {
    /// Whether a zero byte is in the text, which would end it early on the wire and let the rest pass for more
    /// fields.
    @inlinable
    public var holdsZeroByte: Bool { utf8.contains(0) }
}
