/// A member's name on its way through a coder.
struct JSONCodingKey: CodingKey {
    let stringValue: String

    var intValue: Int? { nil }

    init(_ name: String) { stringValue = name }

    init?(stringValue: String) { self.stringValue = stringValue }

    init?(intValue: Int) { nil }
}
