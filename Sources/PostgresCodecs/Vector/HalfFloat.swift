/// Converts between single and half precision by hand, since `Float16` does not exist on every platform.
///
/// Source: IEEE 754-2019, binary16: 1 sign bit, 5 exponent bits with bias 15, 10 fraction bits.
enum HalfFloat {
    /// The number that the bits stand for; exact.
    static func float(_ bits: UInt16) -> Float {
        let sign = UInt32(bits & 0x8000) &<< 16
        let exponent = UInt32(bits &>> 10) & 0x1F
        let fraction = UInt32(bits & 0x3FF)
        switch exponent {
        case 0:
            // Zero and subnormal numbers: a multiple of 2^-24.
            let magnitude = Float(fraction) * 0x1p-24
            return Float(bitPattern: sign | magnitude.bitPattern)
        case 0x1F: return Float(bitPattern: sign | 0x7F80_0000 | fraction &<< 13)
        default: return Float(bitPattern: sign | (exponent &+ 112) &<< 23 | fraction &<< 13)
        }
    }

    /// The bits of the nearest number, ties to even; nil for NaN, infinities and what rounds beyond 65,504.
    static func bits(_ value: Float) -> UInt16? {
        let pattern = value.bitPattern
        let sign = UInt16(truncatingIfNeeded: pattern &>> 16) & 0x8000
        let magnitude = pattern & 0x7FFF_FFFF
        // 65,520 lies halfway between 65,504 and the first number that does not exist.
        guard magnitude < 0x477F_F000 else { return nil }
        guard magnitude >= 0x3880_0000 else {
            // Below 2^-14: as a multiple of 2^-24, which `rounded` rounds to even.
            let multiple = (Float(bitPattern: magnitude) * 0x1p24).rounded(.toNearestOrEven)
            return sign | UInt16(multiple)
        }
        let rebased = magnitude &- 112 &<< 23
        let odd = rebased &>> 13 & 1
        return sign | UInt16(truncatingIfNeeded: (rebased &+ 0xFFF &+ odd) &>> 13)
    }
}
