public import PostgresProtocol

/// An area with corners.
///
/// Source: PostgreSQL 18 manual, "Polygons".
public struct PostgresPolygon: Hashable, Sendable {
    /// The corners; the server takes at least one.
    public var points: [PostgresPoint]

    /// Makes an area of its corners.
    public init(_ points: [PostgresPoint]) { self.points = points }
}

extension PostgresPolygon: PostgresExactType {
    /// `polygon`.
    public static var postgresType: PostgresOID { .polygon }

    /// The server's text: `((0,0),(1,0),(1,1))`.
    public var description: String { "(\(points.text))" }

    /// Reads the server's text; nil for anything else.
    public init?(_ text: String) {
        guard let points = TextScanner.points(text, between: "(", and: ")") else { return nil }
        self.init(points)
    }

    /// Appends the number of corners and the corners.
    ///
    /// - Throws: `tooManyElements` for more corners than a value can hold.
    public func encode(into writer: inout ByteWriter) throws(EncodingFault) {
        let limit = postgresFieldLimit / 16
        guard points.count <= limit else { throw .tooManyElements(count: points.count, limit: limit) }
        writer.append(Int32(truncatingIfNeeded: points.count))
        for point in points { writer.append(point) }
    }

    @_lifetime(reader: copy reader)
    package init(reading reader: inout ByteReader) throws(DecodingFault) {
        points = try reader.decodePoints()
    }
}
