public import FoundationEssentials

/// Makes UUIDs of version 7: 48 bits of time in milliseconds, then 74 random bits.
///
/// Rows that are written one after another get neighbouring keys, so an index takes them on its newest pages.
///
/// Source: RFC 9562, section 5.7.
public struct TimeOrderedIDs: IDSource {
    /// Creates the source.
    public init() {}

    /// A fresh id of version 7.
    public func next() -> UUID {
        let milliseconds = UInt64(max(0, Date().timeIntervalSince1970 * 1000))
        let random = UInt64.random(in: 0...UInt64.max)
        let tail = UInt64.random(in: 0...UInt64.max)
        func byte(_ value: UInt64, _ shift: UInt64) -> UInt8 { UInt8(truncatingIfNeeded: value >> shift) }
        return UUID(
            uuid: (
                byte(milliseconds, 40), byte(milliseconds, 32), byte(milliseconds, 24),
                byte(milliseconds, 16), byte(milliseconds, 8), byte(milliseconds, 0),
                0x70 | (byte(random, 8) & 0x0F), byte(random, 0),
                0x80 | (byte(tail, 56) & 0x3F), byte(tail, 48), byte(tail, 40), byte(tail, 32),
                byte(tail, 24), byte(tail, 16), byte(tail, 8), byte(tail, 0)
            ))
    }
}
