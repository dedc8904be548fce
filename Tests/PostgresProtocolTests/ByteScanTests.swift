import PostgresProtocol
import TestSupport
import Testing

/// The scans that look at eight bytes at a time, against those that look at one.
@Suite struct ByteScanTests {
    @Test func `zero bytes and bytes above 0x7F are found at every place`() {
        for count in 0..<40 {
            for value in [0, 0x7f, 0x80, 0xff, 1] as [UInt8] {
                for place in 0..<max(count, 1) {
                    var bytes = [UInt8](repeating: 0x41, count: count)
                    if count > 0 { bytes[place] = value }
                    let (hasZero, isASCII) = bytes.withUnsafeBytes { ($0.holdsZeroByte, $0.isASCII) }
                    #expect(hasZero == bytes.contains(0))
                    #expect(isASCII == bytes.allSatisfy { $0 < 0x80 })
                }
            }
        }
    }

    @Test func `random bytes give the same answers`() {
        var random = SeededGenerator(seed: 17)
        for _ in 0..<20_000 {
            let bytes = (0..<random.below(30)).map { _ in
                [UInt8(1), 0x7f, 0x80, 0, 0xff, 0x20, 0x41, 0x42][random.below(8)]
            }
            let (hasZero, isASCII) = bytes.withUnsafeBytes { ($0.holdsZeroByte, $0.isASCII) }
            #expect(hasZero == bytes.contains(0))
            #expect(isASCII == bytes.allSatisfy { $0 < 0x80 })
        }
    }
}
