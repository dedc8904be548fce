public import PostgresProtocol

/// A line between two points: PostgreSQL's `lseg`.
///
/// Source: PostgreSQL 18 manual, "Line Segments".
public struct PostgresLineSegment: Hashable, Sendable {
    /// Where it begins.
    public var start: PostgresPoint
    /// Where it ends.
    public var end: PostgresPoint

    /// Joins two points.
    public init(start: PostgresPoint, end: PostgresPoint) {
        self.start = start
        self.end = end
    }
}

extension PostgresLineSegment: PostgresExactType {
    /// `lseg`.
    public static var postgresType: PostgresOID { .lseg }

    /// The server's text: `[(0,0),(1,2)]`.
    public var description: String { "[\(start),\(end)]" }

    /// Reads the server's text; nil for anything else.
    public init?(_ text: String) {
        guard let points = TextScanner.points(text, between: "[", and: "]"), points.count == 2 else {
            return nil
        }
        self.init(start: points[0], end: points[1])
    }

    /// Appends both points.
    public func encode(into writer: inout ByteWriter) throws(EncodingFault) {
        writer.append(start)
        writer.append(end)
    }

    @_lifetime(reader: copy reader)
    package init(reading reader: inout ByteReader) throws(DecodingFault) {
        start = try PostgresPoint(reading: &reader)
        end = try PostgresPoint(reading: &reader)
    }
}
