/// A growable buffer for bytes on their way to a peer.
///
/// All integers are written big-endian. The memory is kept by `removeAll()`, so one writer serves a connection for
/// its whole life.
///
/// `@unchecked Sendable`: it owns its memory alone and cannot be copied.
public struct ByteWriter: ~Copyable, @unchecked Sendable {
    @usableFromInline var base: UnsafeMutableRawPointer
    @usableFromInline var used: Int
    @usableFromInline var capacity: Int
    /// The places of numbers that are to be put in later; none, nearly always.
    @usableFromInline package internal(set) var references: [ByteReference] = []

    /// Creates an empty writer with room for `capacity` bytes.
    public init(capacity: Int = 256) {
        self.capacity = max(capacity, 64)
        base = .allocate(byteCount: self.capacity, alignment: 16)
        used = 0
    }

    deinit { base.deallocate() }

    /// How many bytes have been written.
    @inlinable
    public var count: Int { used }

    /// The written bytes; valid until the next mutation.
    @inlinable
    public var bytes: RawSpan {
        @_lifetime(borrow self)
        get {
            let span = RawSpan(_unsafeStart: base, byteCount: used)
            return _overrideLifetime(span, borrowing: self)
        }
    }

    /// The first written byte; valid until the next mutation.
    @inlinable
    package var start: UnsafeRawPointer { UnsafeRawPointer(base) }

    /// Makes room for `count` more bytes.
    @inlinable
    public mutating func reserve(_ count: Int) {
        if capacity &- used < count { grow(by: count) }
    }

    /// Appends an integer.
    @inlinable
    public mutating func append<Value: FixedWidthInteger & BitwiseCopyable>(_ value: Value) {
        reserve(MemoryLayout<Value>.size)
        base.storeBytes(of: value.bigEndian, toByteOffset: used, as: Value.self)
        used &+= MemoryLayout<Value>.size
    }

    /// Appends bytes as they are.
    @inlinable
    public mutating func append(bytes: RawSpan) {
        bytes.withUnsafeBytes { append(buffer: $0) }
    }

    /// Appends bytes as they are.
    @inlinable
    public mutating func append(buffer: UnsafeRawBufferPointer) {
        guard let start = buffer.baseAddress, buffer.count > 0 else { return }
        reserve(buffer.count)
        (base + used).copyMemory(from: start, byteCount: buffer.count)
        used &+= buffer.count
    }

    /// Appends the UTF-8 form of `text`, without a terminator.
    @inlinable
    public mutating func append(utf8 text: String) {
        var text = text
        text.withUTF8 { append(buffer: UnsafeRawBufferPointer($0)) }
    }

    /// Appends the UTF-8 form of `text` and a zero byte.
    ///
    /// The caller has checked that `text` holds no zero byte (`String.holdsZeroByte`).
    @inlinable
    public mutating func append(zeroTerminated text: String) {
        append(utf8: text)
        append(UInt8(0))
    }

    /// Appends `count` bytes that `body` must initialize, all of them.
    @inlinable
    public mutating func append(uninitialized count: Int, _ body: (UnsafeMutableRawBufferPointer) -> Void) {
        reserve(count)
        body(UnsafeMutableRawBufferPointer(start: base + used, count: count))
        used &+= count
    }

    /// Leaves four bytes open for a length and returns their position.
    @inlinable
    public mutating func beginLength() -> Int {
        let position = used
        append(Int32(0))
        return position
    }

    /// Writes into the four bytes at `position` how many bytes follow them.
    ///
    /// A length that does not fit traps: cut short, it would let the data pass for messages. The caller has
    /// checked sizes (`FrontendLimits`) before.
    @inlinable
    public mutating func endLength(at position: Int) {
        replace(at: position, with: Int32(used &- position &- 4))
    }

    /// Writes into the four bytes at `position` how many bytes follow, these four included, as messages count.
    ///
    /// A length that does not fit traps, as in `endLength(at:)`.
    @inlinable
    public mutating func endMessage(at position: Int) {
        replace(at: position, with: Int32(used &- position))
    }

    /// Reads four bytes that have been written before.
    @inlinable
    public func integer(at position: Int) -> Int32 {
        precondition(position >= 0 && position <= used &- 4, "outside of what was written")
        return Int32(bigEndian: base.loadUnaligned(fromByteOffset: position, as: Int32.self))
    }

    /// Replaces four bytes that have been written before.
    @inlinable
    public mutating func replace(at position: Int, with value: Int32) {
        precondition(position >= 0 && position <= used &- 4, "outside of what was written")
        base.storeBytes(of: value.bigEndian, toByteOffset: position, as: Int32.self)
    }

    /// Forgets everything and keeps the memory.
    @inlinable
    public mutating func removeAll() {
        used = 0
        if !references.isEmpty { references = [] }
    }

    /// Forgets what follows the first `count` bytes.
    @inlinable
    public mutating func truncate(to count: Int) {
        precondition(count >= 0 && count <= used, "outside of what was written")
        used = count
        if !references.isEmpty { references.removeAll { $0.position >= count } }
    }

    /// Forgets the first `count` bytes, moves the rest to the front.
    public mutating func removeFirst(_ count: Int) {
        precondition(count >= 0 && count <= used, "outside of what was written")
        used -= count
        guard used > 0 else { return }
        // `copyMemory` allows the two regions to overlap.
        base.copyMemory(from: base + count, byteCount: used)
    }

    /// Gives memory above `limit` bytes back if nothing is in it.
    public mutating func shrink(to limit: Int) {
        guard used == 0, capacity > limit else { return }
        base.deallocate()
        capacity = max(limit, 64)
        base = .allocate(byteCount: capacity, alignment: 16)
    }

    @usableFromInline
    mutating func grow(by count: Int) {
        let wanted = max(capacity &* 2, used + count)
        let larger = UnsafeMutableRawPointer.allocate(byteCount: wanted, alignment: 16)
        larger.copyMemory(from: base, byteCount: used)
        base.deallocate()
        base = larger
        capacity = wanted
    }
}
