public import PostgresProtocol

/// A rectangle with sides along the axes.
///
/// Source: PostgreSQL 18 manual, "Boxes".
public struct PostgresBox: Hashable, Sendable {
    /// The corner with the greater coordinates.
    public let upper: PostgresPoint
    /// The corner with the lesser coordinates.
    public let lower: PostgresPoint

    /// Makes the rectangle of two opposite corners, in any order.
    public init(_ corner: PostgresPoint, _ opposite: PostgresPoint) {
        let x = Self.sorted(corner.x, opposite.x)
        let y = Self.sorted(corner.y, opposite.y)
        upper = PostgresPoint(x: x.upper, y: y.upper)
        lower = PostgresPoint(x: x.lower, y: y.lower)
    }

    /// Sorts as the server does, for which NaN is greater than everything else.
    private static func sorted(_ first: Double, _ second: Double) -> (upper: Double, lower: Double) {
        let isSorted = first.isNaN || first >= second
        return isSorted ? (first, second) : (second, first)
    }
}

extension PostgresBox: PostgresExactType {
    /// `box`.
    public static var postgresType: PostgresOID { .box }

    /// The server's text: `(2,2),(0,0)`.
    public var description: String { "\(upper),\(lower)" }

    /// Reads the server's text; nil for anything else.
    public init?(_ text: String) {
        var scanner = TextScanner(text)
        guard let points = scanner.points(), points.count == 2, scanner.isAtEnd else { return nil }
        self.init(points[0], points[1])
    }

    /// Appends both corners.
    public func encode(into writer: inout ByteWriter) throws(EncodingFault) {
        writer.append(upper)
        writer.append(lower)
    }

    @_lifetime(reader: copy reader)
    package init(reading reader: inout ByteReader) throws(DecodingFault) {
        let corner = try PostgresPoint(reading: &reader)
        self.init(corner, try PostgresPoint(reading: &reader))
    }
}
