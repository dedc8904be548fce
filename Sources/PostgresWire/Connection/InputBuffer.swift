internal import PostgresProtocol

/// Bytes that came from the server and are not yet taken apart.
///
/// It grows with what has arrived, never with what a length field promises.
struct InputBuffer: ~Copyable {
    static let initialCapacity = 32 * 1_024
    /// Above this the buffer grows only for a message that is larger.
    static let usualCapacity = 256 * 1_024

    private var base: UnsafeMutableRawPointer
    private var capacity: Int
    private var first = 0
    private var end = 0

    init() {
        capacity = Self.initialCapacity
        base = .allocate(byteCount: capacity, alignment: 16)
    }

    deinit { base.deallocate() }

    var isEmpty: Bool { first == end }

    var count: Int { end - first }

    /// What has arrived and was not consumed.
    var bytes: RawSpan {
        @_lifetime(borrow self)
        get {
            _overrideLifetime(RawSpan(_unsafeStart: base + first, byteCount: end - first), borrowing: self)
        }
    }

    /// Forgets the first `count` bytes.
    mutating func consume(_ count: Int) {
        first += count
        if first == end {
            first = 0
            end = 0
        }
    }

    /// Lets `receive` fill free memory and returns what it returned: the number of bytes, or 0 or less.
    mutating func fill(_ receive: (UnsafeMutableRawBufferPointer) -> Int) -> (received: Int, isFull: Bool) {
        makeRoom()
        let free = UnsafeMutableRawBufferPointer(start: base + end, count: capacity - end)
        let received = receive(free)
        if received > 0 { end += received }
        return (received, received == free.count)
    }

    /// Takes bytes that were read elsewhere.
    mutating func append(_ bytes: [UInt8]) {
        for start in stride(from: 0, to: bytes.count, by: Self.initialCapacity / 2) {
            let part = bytes[start..<min(start + Self.initialCapacity / 2, bytes.count)]
            _ = fill { free in
                let count = min(free.count, part.count)
                part.withUnsafeBytes { free.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[..<count])) }
                return count
            }
        }
    }

    /// Doubles the memory if the last read filled all of it, up to the usual size.
    mutating func widen() {
        if capacity < Self.usualCapacity { reallocate(capacity * 2) }
    }

    private mutating func makeRoom() {
        if capacity - end >= Self.initialCapacity / 2 { return }
        if first > 0 {
            base.copyMemory(from: base + first, byteCount: end - first)
            end -= first
            first = 0
        }
        if capacity - end < Self.initialCapacity / 2 { reallocate(capacity * 2) }
    }

    private mutating func reallocate(_ wanted: Int) {
        let larger = UnsafeMutableRawPointer.allocate(byteCount: wanted, alignment: 16)
        larger.copyMemory(from: base + first, byteCount: end - first)
        base.deallocate()
        base = larger
        capacity = wanted
        end -= first
        first = 0
    }

    /// Gives memory beyond the usual size back once it is empty.
    mutating func shrink() {
        if isEmpty, capacity > Self.usualCapacity { reallocate(Self.initialCapacity) }
    }
}
