/// Copies single precision numbers between memory and their big-endian form, in loops that the compiler vectorizes.
enum VectorBytes {
    /// Writes the elements to `target`, which has room for four bytes each; false if one is not finite.
    static func write(_ elements: [Float], to target: UnsafeMutableRawPointer) -> Bool {
        elements.withUnsafeBufferPointer { source in
            // An element is not finite if all bits of its exponent are set.
            var worst: UInt32 = 0
            for index in 0..<source.count {
                let bits = source[index].bitPattern
                worst = max(worst, bits & 0x7FFF_FFFF)
                target.storeBytes(of: bits.bigEndian, toByteOffset: index &* 4, as: UInt32.self)
            }
            return worst < 0x7F80_0000
        }
    }

    /// Reads `count` elements from `source`, which has four bytes for each.
    static func read(_ source: UnsafeRawPointer, count: Int) -> [Float] {
        [Float](unsafeUninitializedCapacity: count) { target, written in
            guard let base = target.baseAddress else { return }
            for index in 0..<count {
                let bits = source.loadUnaligned(fromByteOffset: index &* 4, as: UInt32.self)
                (base + index).initialize(to: Float(bitPattern: UInt32(bigEndian: bits)))
            }
            written = count
        }
    }
}
