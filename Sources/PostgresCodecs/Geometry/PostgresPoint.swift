public import PostgresProtocol

/// A point of the plane.
///
/// Source: PostgreSQL 18 manual, "Points".
public struct PostgresPoint: Hashable, Sendable {
    /// The first coordinate.
    public var x: Double
    /// The second coordinate.
    public var y: Double

    /// Makes a point of its coordinates.
    public init(x: Double, y: Double) {
        self.x = x
        self.y = y
    }
}

extension PostgresPoint: PostgresExactType {
    /// `point`.
    public static var postgresType: PostgresOID { .point }

    /// The server's text: `(1.5,-2)`.
    public var description: String { "(\(PostgresFloatText.text(x)),\(PostgresFloatText.text(y)))" }

    /// Reads the server's text; nil for anything else.
    public init?(_ text: String) {
        var scanner = TextScanner(text)
        guard let point = scanner.point(), scanner.isAtEnd else { return nil }
        self = point
    }

    /// Appends both coordinates.
    public func encode(into writer: inout ByteWriter) throws(EncodingFault) { writer.append(self) }

    @_lifetime(reader: copy reader)
    package init(reading reader: inout ByteReader) throws(DecodingFault) {
        x = try reader.decodeDouble()
        y = try reader.decodeDouble()
    }
}
