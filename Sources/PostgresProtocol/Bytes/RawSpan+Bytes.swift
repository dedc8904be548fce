extension RawSpan {
    /// The bytes as an array of their own.
    @inlinable
    package var copiedBytes: [UInt8] { withUnsafeBytes { [UInt8]($0) } }
}
