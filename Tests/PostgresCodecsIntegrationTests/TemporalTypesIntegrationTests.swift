import PostgresWire
import TestSupport
import Testing

@Suite struct TemporalTypesIntegrationTests {
    @Test func `dates and times are those of the server`() async throws {
        try await TypeCheck.run { check in
            try await check.check(
                "date", [-2_451_545, -1, 0, 1, 2_145_031_948, .min, .max].map(PostgresDate.init)
            ) {
                PostgresDate(days: $0.integer(in: -2_451_545...($0.bool() ? 2_145_031_948 : 200_000)))
            }
            let ends = [
                PostgresTimestamp("4714-11-24 00:00:00+00 BC"), .init("294276-12-31 23:59:59.999999+00"),
            ]
            let instants = [Int64.min, .max, 0, 1, -1].map(PostgresTimestamp.init(microseconds:))
            try await check.check("timestamptz", ends.compactMap { $0 } + instants) {
                PostgresTimestamp(microseconds: $0.microseconds())
            }
            try await check.check(
                "timestamp", (ends.compactMap { $0 } + instants).map { .init(microseconds: $0.microseconds) }
            ) { PostgresLocalTimestamp(microseconds: $0.microseconds()) }
            let times = [0, 1, 999_999, 86_399_999_999, 86_400_000_000].compactMap(
                PostgresTime.init(microseconds:))
            try await check.check("time", times) { $0.time() }
            let zones = [-57_599, -3600, -1, 0, 1, 1_172, 19_800, 57_599]
            try await check.check(
                "timetz", zones.flatMap { zone in times.compactMap { .init($0, secondsFromUTC: zone) } }
            ) { $0.timeWithZone() }
        }
    }

    @Test func `intervals keep months, days and microseconds apart`() async throws {
        try await TypeCheck.run { check in
            let extremes: [PostgresInterval] = [
                .infinity, .negativeInfinity, PostgresInterval(),
                PostgresInterval(months: .min, days: .min, microseconds: .max),
                PostgresInterval(months: .max, days: .max, microseconds: .min),
                PostgresInterval(months: .max, days: .min), PostgresInterval(microseconds: .min),
                PostgresInterval(microseconds: .max), PostgresInterval(months: -1, days: 1, microseconds: -1),
                PostgresInterval(months: 11, days: -1, microseconds: 1),
                PostgresInterval(months: -13, days: 1),
            ]
            try await check.check("interval", extremes) { random in
                PostgresInterval(
                    months: random.bool() ? random.integer() : random.integer(in: -30...30),
                    days: random.bool() ? random.integer() : random.integer(in: -2...2),
                    microseconds: random.bool() ? random.integer() : 0)
            }
        }
    }
}

extension SeededGenerator {
    fileprivate mutating func microseconds() -> Int64 {
        switch below(3) {
        case 0: integer(in: -211_813_488_000_000_000...9_223_371_331_199_999_999)
        case 1: integer(in: -2_000_000_000...2_000_000_000) * 1_000_000
        default: integer(in: -1_000_000_000_000_000...1_000_000_000_000_000)
        }
    }

    fileprivate mutating func time() -> PostgresTime? {
        let value =
            bool()
            ? integer(in: 0...86_400_000_000) : integer(in: 0...86_400 as ClosedRange<Int64>) * 1_000_000
        return PostgresTime(microseconds: value)
    }

    fileprivate mutating func timeWithZone() -> PostgresTimeWithZone? {
        let zone = bool() ? integer(in: -57_599...57_599) : integer(in: -15...15) * 3600
        return time().flatMap { PostgresTimeWithZone($0, secondsFromUTC: zone) }
    }
}
