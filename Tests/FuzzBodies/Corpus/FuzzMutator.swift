/// Changes inputs in a few places, the same way for the same seed.
package struct FuzzMutator {
    private var state: UInt64
    private let seeds: [[UInt8]]

    /// Begins with these inputs.
    package init(seed: UInt64, seeds: [[UInt8]]) {
        state = seed
        self.seeds = seeds.isEmpty ? [[]] : seeds
    }

    /// The next input.
    package mutating func next() -> [UInt8] {
        var bytes = seeds[below(seeds.count)]
        for _ in 0..<1 + below(4) { change(&bytes) }
        return bytes
    }

    private mutating func change(_ bytes: inout [UInt8]) {
        guard !bytes.isEmpty else { return bytes.append(random()) }
        let index = below(bytes.count)
        switch below(9) {
        case 0: bytes[index] ^= 1 << UInt8(below(8))
        case 1: bytes[index] = random()
        case 2: bytes.remove(at: index)
        case 3: bytes.insert(random(), at: index)
        case 4: write(&bytes, index)
        case 5: bytes.removeLast(bytes.count - index)
        case 6:
            // The tail of another input: what neither of them is.
            let other = seeds[below(seeds.count)]
            bytes = bytes.prefix(index) + other.suffix(below(other.count + 1))
        case 7:
            let end = min(bytes.count, index + 1 + below(16))
            bytes.insert(contentsOf: Array(bytes[index..<end]), at: below(bytes.count + 1))
        default:
            let word = Array(Self.words[below(Self.words.count)].utf8)
            bytes.insert(contentsOf: word, at: index)
        }
    }

    /// Writes a telling number of one, two, four or eight bytes.
    private mutating func write(_ bytes: inout [UInt8], _ index: Int) {
        let width = 1 << below(4)
        let number = Self.numbers[below(Self.numbers.count)]
        for offset in 0..<min(width, bytes.count - index) {
            bytes[index + offset] = UInt8(truncatingIfNeeded: number >> (8 * (width - 1 - offset)))
        }
    }

    private mutating func random() -> UInt8 { UInt8(truncatingIfNeeded: below(256)) }

    /// SplitMix64.
    private mutating func below(_ bound: Int) -> Int {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return Int(truncatingIfNeeded: (mixed ^ (mixed >> 31)) >> 33) % bound
    }

    private static let numbers: [Int] = [
        0, 1, 2, 3, 4, 0x7f, 0x80, 0xff, 0x100, 0x7fff, 0x8000, 0xffff, 0x1_0000, 0x3fff_ffff, 0x7fff_ffff,
        0x8000_0000, 0xffff_ffff, .max, .min, .min + 1, -1, -2,
    ]

    private static let words = [
        "infinity", "-infinity", "NaN", "1e999", "-9223372036854775808", "9223372036854775807", "0.1", "null",
        "true", "\"\\ud800\"", "\\u0000", "[[[[", "{\"a\":", "}}", "postgresql://", "host=", "%00", "%zz",
        "\u{0}", "\u{feff}", "\u{10ffff}", "é", ",", ":", "*", "\\", "'", "\"", "(", ")", "&&", "||",
        "matches",
        "1 BC", "24:00:00", "+15:59:59", "2000-01-01", "r=ab,s=AAAA,i=1", "[shop]\n", "s=", "i=4294967296",
    ]
}
