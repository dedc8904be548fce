internal import PostgresProtocol

// What the geometric types share: coordinates and lists of points in binary and in text form.

extension ByteWriter {
    /// Appends a coordinate.
    mutating func append(_ value: Double) { append(value.bitPattern) }

    /// Appends both coordinates.
    mutating func append(_ point: PostgresPoint) {
        append(point.x)
        append(point.y)
    }
}

extension ByteReader {
    /// Reads a coordinate.
    @_lifetime(self: copy self)
    mutating func decodeDouble() throws(DecodingFault) -> Double {
        Double(bitPattern: try decode(UInt64.self))
    }

    /// Reads a count and so many points.
    @_lifetime(self: copy self)
    mutating func decodePoints() throws(DecodingFault) -> [PostgresPoint] {
        let count = try decodeCount(Int32.self, elementBytes: 16)
        var points: [PostgresPoint] = []
        points.reserveCapacity(count)
        for _ in 0..<count { points.append(try PostgresPoint(reading: &self)) }
        return points
    }
}

extension TextScanner {
    /// Takes `(1.5,-2)`.
    mutating func point() -> PostgresPoint? {
        guard skip("("), let x = double(), skip(","), let y = double(), skip(")") else { return nil }
        return PostgresPoint(x: x, y: y)
    }

    /// Takes points with commas between them.
    mutating func points() -> [PostgresPoint]? {
        var points: [PostgresPoint] = []
        repeat {
            guard let point = point() else { return nil }
            points.append(point)
        } while skip(",")
        return points
    }

    /// Takes points between an opening and a closing character, to the end.
    static func points(
        _ text: String, between opening: Unicode.Scalar, and closing: Unicode.Scalar
    ) -> [PostgresPoint]? {
        var scanner = TextScanner(text)
        guard scanner.skip(opening), let points = scanner.points(), scanner.skip(closing), scanner.isAtEnd
        else { return nil }
        return points
    }
}

extension Array where Element == PostgresPoint {
    /// The points with commas between them.
    var text: String { map(\.description).joined(separator: ",") }
}
