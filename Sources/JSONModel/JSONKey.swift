/// A member's name that equals only a name with the same Unicode scalars.
struct JSONKey: Hashable, Sendable {
    let text: String

    static func == (left: JSONKey, right: JSONKey) -> Bool { left.text.hasSameBytes(as: right.text) }

    func hash(into hasher: inout Hasher) { hasher.combine(text) }
}
