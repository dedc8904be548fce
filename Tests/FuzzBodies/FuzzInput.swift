/// An input whose first bytes choose what is done with the rest.
struct FuzzInput {
    private var left: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) { left = bytes[...] }

    /// The next byte; 0 at the end.
    mutating func byte() -> Int { Int(left.popFirst() ?? 0) }

    /// Takes up to `count` bytes.
    mutating func take(_ count: Int) -> [UInt8] {
        defer { left = left.dropFirst(count) }
        return Array(left.prefix(count))
    }

    /// Everything that was not taken.
    var rest: [UInt8] { Array(left) }

    /// One of several choices.
    mutating func choice<Choice>(of choices: [Choice]) -> Choice { choices[byte() % choices.count] }
}
