import PostgresWire
import TestSupport
import Testing

@Suite struct ContainerTypesIntegrationTests {
    @Test func `ranges are those of the server`() async throws {
        try await TypeCheck.run { check in
            // The server makes ranges of whole numbers and days half-open.
            try await check.check("int4range", ranges(Int32.min, 0, .max), isEqual: nil) {
                $0.range { $0.integer(in: -1_000_000...1_000_000) }
            }
            try await check.check("int8range", ranges(Int64.min, 0, .max), isEqual: nil) {
                $0.range { $0.integer(in: -1_000_000_000_000...1_000_000_000_000) }
            }
            let days = [-2_451_545, 0, 2_145_031_948].map(PostgresDate.init(days:))
            try await check.check("daterange", ranges(days[0], days[1], days[2]), isEqual: nil) {
                $0.range { PostgresDate(days: $0.integer(in: -1_000_000...1_000_000)) }
            }
            try await check.check(
                "numrange", [.empty, .init(lower: .included(PostgresNumeric.nan), upper: .unbounded)]
            ) {
                $0.range { PostgresNumeric($0.integer(in: -99_999...99_999)) }
            }
            let instants = [
                PostgresTimestamp.negativeInfinity, PostgresTimestamp(microseconds: 0), .infinity,
            ]
            try await check.check("tstzrange", ranges(instants[0], instants[1], instants[2])) {
                $0.range {
                    PostgresTimestamp(microseconds: $0.integer(in: -1_000_000_000_000...1_000_000_000_000))
                }
            }
            let times = instants.map { PostgresLocalTimestamp(microseconds: $0.microseconds) }
            try await check.check("tsrange", ranges(times[0], times[1], times[2])) {
                $0.range { PostgresLocalTimestamp(microseconds: $0.integer(in: 0...1_000_000_000_000_000)) }
            }
        }
    }

    @Test func `multiranges are those of the server`() async throws {
        try await TypeCheck.run { check in
            try await check.check(
                "int4multirange", [[], [.empty], [.init(1..<5), .init(7...9)]], isEqual: nil
            ) {
                random in
                PostgresMultirange(
                    (0..<random.below(5)).map { _ in
                        random.range { $0.integer(in: -1_000...1_000 as ClosedRange<Int32>) }
                    })
            }
            try await check.check("nummultirange", [[]], isEqual: nil) { random in
                PostgresMultirange(
                    (0..<random.below(5)).map { _ in
                        random.range { PostgresNumeric($0.integer(in: -1_000...1_000)) }
                    })
            }
            try await check.check("tstzmultirange", [[]], isEqual: nil) { random in
                PostgresMultirange(
                    (0..<random.below(4)).map { _ in
                        random.range {
                            PostgresTimestamp(microseconds: $0.integer(in: 0...1_000_000_000_000_000))
                        }
                    })
            }
        }
    }

    @Test func `arrays are those of the server`() async throws {
        try await TypeCheck.run { check in
            let bounds = [
                PostgresArray<Int32?>.Dimension(length: 2, lowerBound: -1), .init(length: 3, lowerBound: 5),
            ]
            try await check.check(
                "int4[]", [PostgresArray([]), PostgresArray([1, 2, 3, 4, 5, 6], dimensions: bounds)]
            ) {
                $0.array()
            }
        }
    }

    private func ranges<Bound: Comparable>(_ low: Bound, _ middle: Bound, _ high: Bound) -> [PostgresRange<
        Bound
    >] {
        [
            .empty, PostgresRange(low..<high), PostgresRange(middle...middle),
            PostgresRange(middle...), PostgresRange(..<middle),
            PostgresRange(lower: .unbounded, upper: .unbounded),
            PostgresRange(lower: .excluded(low), upper: .unbounded),
        ]
    }
}

extension SeededGenerator {
    /// A range of two bounds in their order.
    fileprivate mutating func range<Bound: Comparable>(
        _ bound: (inout SeededGenerator) -> Bound
    ) -> PostgresRange<Bound> {
        if below(20) == 0 { return .empty }
        let first = bound(&self)
        let second = bound(&self)
        return PostgresRange(lower: limit(min(first, second)), upper: limit(max(first, second)))
    }

    private mutating func limit<Bound>(_ bound: Bound) -> PostgresRange<Bound>.Limit {
        switch below(5) {
        case 0: .unbounded
        case 1, 2: .included(bound)
        default: .excluded(bound)
        }
    }

    fileprivate mutating func array() -> PostgresArray<Int32?>? {
        let dimensions = (0..<below(4)).map { _ in
            PostgresArray<Int32?>.Dimension(length: 1 + below(3), lowerBound: below(5) - 2)
        }
        let count = dimensions.isEmpty ? 0 : dimensions.reduce(1) { $0 * $1.length }
        return PostgresArray((0..<count).map { _ in below(5) == 0 ? nil : integer() }, dimensions: dimensions)
    }
}
