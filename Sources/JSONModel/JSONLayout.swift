/// How a JSON value is laid out as text.
public enum JSONLayout: Hashable, Sendable {
    /// No white space, keys in the order in which they were added.
    case compact
    /// The form to hash and to compare as text: no white space, keys sorted by Unicode scalar, and numbers of equal
    /// value written equally (`1`, `1.0` and `1e0` are all `1`).
    case canonical
    /// For people: two spaces a level, keys in the order in which they were added.
    case pretty
}
