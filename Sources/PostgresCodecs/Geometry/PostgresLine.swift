public import PostgresProtocol

/// A line without ends: all points for which `a`x + `b`y + `c` = 0.
///
/// Source: PostgreSQL 18 manual, "Lines".
public struct PostgresLine: Hashable, Sendable {
    /// The coefficient of x.
    public let a: Double
    /// The coefficient of y.
    public let b: Double
    /// The constant.
    public let c: Double

    /// Makes a line of its coefficients; nil if `a` and `b` are both 0, which the server refuses.
    public init?(a: Double, b: Double, c: Double) {
        guard a != 0 || b != 0 else { return nil }
        self.a = a
        self.b = b
        self.c = c
    }
}

extension PostgresLine: PostgresExactType {
    /// `line`.
    public static var postgresType: PostgresOID { .line }

    /// The server's text: `{1,-2,3}`.
    public var description: String {
        "{" + [a, b, c].map(PostgresFloatText.text).joined(separator: ",") + "}"
    }

    /// Reads the server's text; nil for anything else.
    public init?(_ text: String) {
        var scanner = TextScanner(text)
        guard scanner.skip("{"), let a = scanner.double(), scanner.skip(","), let b = scanner.double(),
            scanner.skip(","), let c = scanner.double(), scanner.skip("}"), scanner.isAtEnd
        else { return nil }
        self.init(a: a, b: b, c: c)
    }

    /// Appends the three coefficients.
    public func encode(into writer: inout ByteWriter) throws(EncodingFault) {
        writer.append(a)
        writer.append(b)
        writer.append(c)
    }

    @_lifetime(reader: copy reader)
    package init(reading reader: inout ByteReader) throws(DecodingFault) {
        let a = try reader.decodeDouble()
        let b = try reader.decodeDouble()
        let c = try reader.decodeDouble()
        guard let line = PostgresLine(a: a, b: b, c: c) else { throw .malformed(.unknownCode(0, offset: 0)) }
        self = line
    }
}
