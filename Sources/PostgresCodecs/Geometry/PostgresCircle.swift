public import PostgresProtocol

/// A circle.
///
/// Source: PostgreSQL 18 manual, "Circles".
public struct PostgresCircle: Hashable, Sendable {
    /// The middle.
    public var center: PostgresPoint
    /// The distance of the rim from the middle; the server takes none below 0.
    public var radius: Double

    /// Makes a circle.
    public init(center: PostgresPoint, radius: Double) {
        self.center = center
        self.radius = radius
    }
}

extension PostgresCircle: PostgresExactType {
    /// `circle`.
    public static var postgresType: PostgresOID { .circle }

    /// The server's text: `<(0,0),1.5>`.
    public var description: String { "<\(center),\(PostgresFloatText.text(radius))>" }

    /// Reads the server's text; nil for anything else.
    public init?(_ text: String) {
        var scanner = TextScanner(text)
        guard scanner.skip("<"), let center = scanner.point(), scanner.skip(","),
            let radius = scanner.double(), scanner.skip(">"), scanner.isAtEnd
        else { return nil }
        self.init(center: center, radius: radius)
    }

    /// Appends middle and radius.
    public func encode(into writer: inout ByteWriter) throws(EncodingFault) {
        writer.append(center)
        writer.append(radius)
    }

    @_lifetime(reader: copy reader)
    package init(reading reader: inout ByteReader) throws(DecodingFault) {
        center = try PostgresPoint(reading: &reader)
        radius = try reader.decodeDouble()
    }
}
