/// Cuts what one side says into messages, as a trace needs them: it keeps at most the beginning of a large one.
struct TraceSplitter {
    /// A message, or the beginning of one.
    struct Frame {
        /// The type byte; nil for messages that have none.
        let type: UInt8?
        /// Type, length and body together.
        let byteCount: Int
        /// The body, or what was kept of it.
        let body: [UInt8]

        /// Whether the body was too large to be kept.
        var isCut: Bool { body.count < byteCount - (type == nil ? 4 : 5) }
    }

    /// How many bytes of a message are kept.
    static let maximumBytes = 65_536

    private var pending: [UInt8] = []
    private var first = 0
    /// The message whose rest is still to be passed over, and how long that is.
    private var large: (frame: Frame, rest: Int)?
    /// Whether a length was impossible, after which nothing can be told apart.
    private(set) var isLost = false

    /// Takes bytes as they came.
    mutating func append(_ bytes: RawSpan) {
        guard !isLost else { return }
        if first > 0 {
            pending.removeFirst(first)
            first = 0
        }
        bytes.withUnsafeBytes { pending.append(contentsOf: $0) }
    }

    /// Takes one byte that is no message: the answer to a request for encryption.
    mutating func nextByte() -> UInt8? {
        guard first < pending.count else { return nil }
        defer { first += 1 }
        return pending[first]
    }

    /// The next message; nil while it is not complete.
    ///
    /// - Throws: `lengthOutOfRange` once, for a length that cannot be.
    mutating func next(isTyped: Bool) throws(WireFault) -> Frame? {
        if let frame = passOverRest() { return frame }
        let head = isTyped ? 5 : 4
        guard !isLost, large == nil, pending.count - first >= head else { return nil }
        let length = pending[first + head - 4..<first + head].reduce(0) { $0 << 8 | Int($1) }
        guard 4...Int(Int32.max) ~= length else {
            isLost = true
            pending = []
            first = 0
            throw .lengthOutOfRange(Int(Int32(truncatingIfNeeded: length)), offset: head - 4)
        }
        let byteCount = length + head - 4
        let kept = min(byteCount, Self.maximumBytes)
        guard pending.count - first >= kept else { return nil }
        let body = Array(pending[first + head..<first + kept])
        let frame = Frame(type: isTyped ? pending[first] : nil, byteCount: byteCount, body: body)
        first += kept
        guard kept < byteCount else { return frame }
        large = (frame, byteCount - kept)
        return passOverRest()
    }

    /// Passes over what is there of a large message; returns the message at its end.
    private mutating func passOverRest() -> Frame? {
        guard let (frame, rest) = large else { return nil }
        let passed = min(rest, pending.count - first)
        first += passed
        large = passed < rest ? (frame, rest - passed) : nil
        return large == nil ? frame : nil
    }
}
