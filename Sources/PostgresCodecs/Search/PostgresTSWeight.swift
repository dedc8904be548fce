/// How much a place in a document counts: from A, the most, to D, the default.
///
/// Source: PostgreSQL 18 manual, "tsvector".
public enum PostgresTSWeight: UInt8, Sendable, CaseIterable {
    /// The default.
    case d = 0
    /// More than `d`.
    case c = 1
    /// More than `c`.
    case b = 2
    /// The most.
    case a = 3

    /// The letter that the server writes.
    var letter: String {
        switch self {
        case .a: "A"
        case .b: "B"
        case .c: "C"
        case .d: "D"
        }
    }
}
