import PostgresWire
import TestSupport
import Testing

@Suite struct GeometricTypesIntegrationTests {
    @Test func `geometric types are those of the server`() async throws {
        try await TypeCheck.run { check in
            let odd = PostgresPoint(x: .infinity, y: -0.0)
            let zero = PostgresPoint(x: 0, y: 0)
            try await check.check("point", [odd, zero]) { $0.point() }
            try await check.check("lseg", [PostgresLineSegment(start: odd, end: zero)]) {
                PostgresLineSegment(start: $0.point(), end: $0.point())
            }
            try await check.check("box", [PostgresBox(odd, zero), PostgresBox(zero, zero)]) {
                PostgresBox($0.point(), $0.point())
            }
            try await check.check("line", [PostgresLine(a: 1, b: 0, c: -0.0)]) {
                PostgresLine(a: 1 + $0.finiteDouble().magnitude, b: $0.finiteDouble(), c: $0.finiteDouble())
            }
            try await check.check("circle", [PostgresCircle(center: zero, radius: 0)]) {
                PostgresCircle(center: $0.point(), radius: $0.finiteDouble().magnitude)
            }
            let paths = [PostgresPath([zero], isClosed: true), PostgresPath([odd, zero], isClosed: false)]
            try await check.check("path", paths) { PostgresPath($0.points(), isClosed: $0.bool()) }
            try await check.check("polygon", [PostgresPolygon([zero])]) { PostgresPolygon($0.points()) }
        }
    }

    @Test func `what is no number is written as the server does`() async throws {
        try await TypeCheck.run { check in
            let nowhere = PostgresPoint(x: .nan, y: .nan)
            let same: @Sendable (PostgresPoint, PostgresPoint) -> Bool = { "\($0)" == "\($1)" }
            try await check.check("point", [nowhere], isEqual: same) {
                PostgresPoint(x: $0.double(), y: .nan)
            }
            let equal: @Sendable (PostgresBox, PostgresBox) -> Bool = { "\($0)" == "\($1)" }
            try await check.check("box", [PostgresBox(nowhere, nowhere)], isEqual: equal) {
                PostgresBox(PostgresPoint(x: $0.double(), y: .nan), PostgresPoint(x: .nan, y: $0.double()))
            }
        }
    }
}

extension SeededGenerator {
    fileprivate mutating func point() -> PostgresPoint { PostgresPoint(x: finiteDouble(), y: finiteDouble()) }

    fileprivate mutating func points() -> [PostgresPoint] { (0...below(5)).map { _ in point() } }
}
