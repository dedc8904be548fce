/// What a statement did, as `INSERT 0 5` or `SELECT 3`.
public struct CommandTag: Hashable, Sendable {
    /// The tag as the server wrote it; empty for an empty statement.
    public let text: String

    /// Takes a tag's text as it is.
    public init(text: String) { self.text = text }

    /// Reads the body of a CommandComplete.
    public init(_ body: RawSpan) throws(WireFault) {
        var reader = ByteReader(body)
        text = try reader.zeroTerminatedString()
        try reader.finish()
    }

    /// The number of rows the statement inserted, changed, removed, copied or returned; nil if it counts none.
    public var rows: Int? {
        guard let space = text.utf8.lastIndex(of: 0x20) else { return nil }
        return Int(decimalDigits: text[text.utf8.index(after: space)...])
    }

    /// The command, as `INSERT` or `CREATE TABLE`.
    public var command: String {
        let words = text.split(separator: " ")
        return words.prefix { $0.utf8.first.map { !(0x30...0x39).contains($0) } ?? false }
            .joined(separator: " ")
    }
}
