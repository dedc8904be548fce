/// Normalization Form KC, which Swift's standard library has not and Foundation is too heavy for here.
///
/// Source: Unicode Standard Annex #15 and The Unicode Standard, section 3.12 (Hangul).
enum CompatibilityNormalization {
    private static let classes = ScalarRanges(UnicodeTables.combiningClasses)

    private static let decompositions: [UInt32: [Unicode.Scalar]] = {
        var result: [UInt32: [Unicode.Scalar]] = [:]
        var scalar: UInt32 = 0
        for record in UnicodeTableReader.records(UnicodeTables.decompositions) {
            scalar &+= record[0]
            result[scalar] = record.dropFirst().compactMap(Unicode.Scalar.init)
        }
        return result
    }()

    private static let compositions: [UInt64: Unicode.Scalar] = {
        var result: [UInt64: Unicode.Scalar] = [:]
        for record in UnicodeTableReader.records(UnicodeTables.compositions) where record.count == 3 {
            result[UInt64(record[0]) << 32 | UInt64(record[1])] = Unicode.Scalar(record[2])
        }
        return result
    }()

    static func normalize(_ text: [Unicode.Scalar]) -> [Unicode.Scalar] {
        var scalars = text.flatMap(decomposed)
        order(&scalars)
        return composed(scalars)
    }

    // The first syllable of Hangul, the first of each of its parts, and how many of each there are.
    private static let (syllable, lead, vowel, trail) = (
        UInt32(0xac00), UInt32(0x1100), UInt32(0x1161), UInt32(0x11a7)
    )
    private static let (leads, vowels, trails) = (UInt32(19), UInt32(21), UInt32(28))

    private static func decomposed(_ scalar: Unicode.Scalar) -> [Unicode.Scalar] {
        let place = scalar.value &- syllable
        guard place < leads * vowels * trails else { return decompositions[scalar.value] ?? [scalar] }
        let parts = [
            lead + place / (vowels * trails), vowel + place % (vowels * trails) / trails,
            trail + place % trails,
        ]
        return parts.filter { $0 != trail }.compactMap(Unicode.Scalar.init)
    }

    /// Sorts every run of marks by class; marks of one class keep their order.
    private static func order(_ scalars: inout [Unicode.Scalar]) {
        for end in scalars.indices {
            let own = classes.value(scalars[end])
            guard own != 0 else { continue }
            var index = end
            while index > 0, classes.value(scalars[index - 1]) > own {
                scalars.swapAt(index, index - 1)
                index -= 1
            }
        }
    }

    private static func composed(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
        var result: [Unicode.Scalar] = []
        var starter: Int?
        var lastClass: UInt32 = 0
        for scalar in scalars {
            let own = classes.value(scalar)
            if let place = starter, place == result.count - 1 || (lastClass != 0 && lastClass < own),
                let whole = composition(result[place], scalar)
            {
                result[place] = whole
                continue
            }
            if own == 0 { starter = result.count }
            lastClass = own
            result.append(scalar)
        }
        return result
    }

    private static func composition(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> Unicode.Scalar? {
        let (left, right) = (first.value, second.value)
        if left &- lead < leads, right &- vowel < vowels {
            return Unicode.Scalar(syllable + ((left - lead) * vowels + right - vowel) * trails)
        }
        let place = left &- syllable
        if place < leads * vowels * trails, place % trails == 0, right &- trail < trails, right != trail {
            return Unicode.Scalar(left + right - trail)
        }
        return compositions[UInt64(left) << 32 | UInt64(right)]
    }
}
