import PostgresProtocol
import Testing

@Suite struct SASLPreparationTests {
    static let examples: [(password: String, prepared: String)] = [
        ("user", "user"), ("a\u{7}b", "a\u{7}b"), ("I\u{ad}X", "IX"), ("\u{aa}", "a"), ("\u{2168}", "IX"),
        ("\u{a0}x", " x"), ("\u{1680}x", " x"), ("\u{200b}x", " x"), ("e\u{301}", "\u{e9}"),
        ("\u{fb01}", "fi"), ("a\u{328}\u{301}", "\u{105}\u{301}"), ("\u{2126}", "\u{3a9}"),
        ("\u{958}", "\u{915}\u{93c}"), ("q\u{307}\u{323}", "q\u{323}\u{307}"), ("\u{1d400}", "A"),
        ("\u{ac01}", "\u{ac01}"), ("\u{1112}\u{1161}\u{11ab}", "\u{d55c}"), ("\u{3392}\u{a8}", "MHz \u{308}"),
        ("\u{627}1\u{628}", "\u{627}1\u{628}"),
    ]

    @Test(arguments: examples.indices)
    func `the same characters typed differently are the same password`(index: Int) {
        let (password, prepared) = Self.examples[index]
        #expect(SASLPreparation.prepare(password) == Array(prepared.utf8))
    }

    /// Controls, unassigned characters, mixed directions, nothing at all.
    @Test(arguments: [
        "\u{7}\u{e9}", "\u{221}", "\u{627}1", "\u{5d0}a", "\u{1f600}", "\u{ad}", "e\u{301}\u{e000}",
    ])
    func `what cannot be prepared is used as it is`(password: String) {
        #expect(SASLPreparation.prepare(password) == Array(password.utf8))
    }

    /// The hash (FNV-1a) is that of Python's `unicodedata` and `stringprep` over the same passwords.
    @Test func `characters of all kinds are prepared as the tables say`() {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        let ranges: [Range<UInt32>] = [
            0x80..<0x3400, 0xa640..<0xac10, 0xd790..<0xd800, 0xf900..<0x1_0000, 0x1_d150..<0x1_d200,
            0x1_d400..<0x1_d480, 0x2_f800..<0x2_f820,
        ]
        for value in ranges.joined() {
            guard let scalar = Unicode.Scalar(value) else { continue }
            var password = String.UnicodeScalarView()
            password.append(contentsOf: ["a", scalar, "\u{301}"])
            for byte in SASLPreparation.prepare(String(password)) + [0] {
                hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
            }
        }
        #expect(hash == 0x988c_126f_b2dc_3e7e)
    }
}
