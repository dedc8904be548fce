#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A small generator of pseudo-random numbers: the same seed gives the same numbers everywhere.
///
/// For simulations only, never for secrets.
public struct Mulberry32: Sendable {
    private var state: UInt32

    /// Starts from a seed; only its lowest 32 bits count.
    public init(seed: Int) { state = UInt32(truncatingIfNeeded: seed) }

    /// The next number, at least 0 and below 1.
    public mutating func next() -> Double {
        state &+= 0x6D2B_79F5
        var t = (state ^ (state >> 15)) &* (state | 1)
        t ^= t &+ (t ^ (t >> 7)) &* (t | 61)
        return Double(t ^ (t >> 14)) / 4_294_967_296
    }

    /// The next number of the standard normal distribution; takes two numbers.
    public mutating func gaussian() -> Double {
        var u = next()
        while u == 0 { u = next() }
        let v = next()
        return (-2 * log(u)).squareRoot() * cos(2 * .pi * v)
    }
}
