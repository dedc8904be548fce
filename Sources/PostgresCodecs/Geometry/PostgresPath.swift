public import PostgresProtocol

/// Points joined by lines, the last one perhaps with the first.
///
/// Source: PostgreSQL 18 manual, "Paths".
public struct PostgresPath: Hashable, Sendable {
    /// The points; the server takes at least one.
    public var points: [PostgresPoint]
    /// Whether the last point is joined with the first.
    public var isClosed: Bool

    /// Joins points.
    public init(_ points: [PostgresPoint], isClosed: Bool) {
        self.points = points
        self.isClosed = isClosed
    }
}

extension PostgresPath: PostgresExactType {
    /// `path`.
    public static var postgresType: PostgresOID { .path }

    /// The server's text: `((0,0),(1,0),(1,1))` if closed, `[(0,0),(1,0)]` if open.
    public var description: String { isClosed ? "(\(points.text))" : "[\(points.text)]" }

    /// Reads the server's text; nil for anything else.
    public init?(_ text: String) {
        if let points = TextScanner.points(text, between: "(", and: ")") {
            self.init(points, isClosed: true)
        } else if let points = TextScanner.points(text, between: "[", and: "]") {
            self.init(points, isClosed: false)
        } else {
            return nil
        }
    }

    /// Appends whether the path is closed, the number of points and the points.
    ///
    /// - Throws: `tooManyElements` for more points than a value can hold.
    public func encode(into writer: inout ByteWriter) throws(EncodingFault) {
        writer.append(UInt8(isClosed ? 1 : 0))
        try PostgresPolygon(points).encode(into: &writer)
    }

    @_lifetime(reader: copy reader)
    package init(reading reader: inout ByteReader) throws(DecodingFault) {
        let code = try reader.decode(UInt8.self)
        guard code <= 1 else { throw .malformed(.unknownCode(Int(code), offset: 0)) }
        isClosed = code == 1
        points = try reader.decodePoints()
    }
}
