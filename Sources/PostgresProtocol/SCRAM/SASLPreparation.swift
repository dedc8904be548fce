/// Prepares passwords for SCRAM, so that the same characters typed in different ways are the same password.
///
/// What cannot be prepared is used as it is, which is what PostgreSQL and libpq do, too.
/// Source: RFC 4013; PostgreSQL 18 manual, "SASL Authentication".
package enum SASLPreparation {
    /// The UTF-8 bytes of the prepared password.
    ///
    /// Cost: nothing for ASCII; the first other password reads the tables of Unicode, about 50 KB.
    package static func prepare(_ password: String) -> [UInt8] {
        let raw = Array(password.utf8)
        guard raw.contains(where: { $0 >= 0x80 }) else { return raw }
        guard let prepared = prepared(password.unicodeScalars) else { return raw }
        var text = String.UnicodeScalarView()
        text.append(contentsOf: prepared)
        return Array(String(text).utf8)
    }

    private static let mappedToNothing = ScalarRanges(UnicodeTables.mappedToNothing)
    private static let spaces = ScalarRanges(UnicodeTables.spaces)
    private static let prohibited = ScalarRanges(UnicodeTables.prohibited)
    private static let rightToLeft = ScalarRanges(UnicodeTables.rightToLeft)
    private static let leftToRight = ScalarRanges(UnicodeTables.leftToRight)

    private static func prepared(_ password: String.UnicodeScalarView) -> [Unicode.Scalar]? {
        var mapped: [Unicode.Scalar] = []
        for scalar in password {
            // U+200B is in both tables; PostgreSQL takes it for a space.
            if spaces.contains(scalar) {
                mapped.append(" ")
            } else if !mappedToNothing.contains(scalar) {
                mapped.append(scalar)
            }
        }
        guard !mapped.isEmpty else { return nil }
        let result = CompatibilityNormalization.normalize(mapped)
        guard let first = result.first, let last = result.last, !result.contains(where: prohibited.contains)
        else { return nil }
        if result.contains(where: rightToLeft.contains) {
            guard !result.contains(where: leftToRight.contains), rightToLeft.contains(first),
                rightToLeft.contains(last)
            else { return nil }
        }
        return result
    }
}
