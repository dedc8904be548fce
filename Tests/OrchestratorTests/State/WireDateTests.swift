import FoundationEssentials
import JSONModel
import Testing

@testable import Orchestrator

struct WireDateTests {
    @Test(arguments: [
        ("2026-01-01T00:00:05.123Z", 5123), ("2026-01-01T00:00:05Z", 5000),
        ("2026-01-01T01:00:05.1+01:00", 5100),
        ("2025-12-31T19:00:05.123456-0500", 5123), ("2026-01-01 00:00:05,9Z", 5900), ("2026-01-01", 0),
        ("2026-01-01T00:00Z", 0), ("2025-12-31T24:00:00Z", 0), ("2026-01-01T00:00:00.000999Z", 0),
    ])
    func `ISO 8601 forms are read`(text: String, milliseconds: Int64) {
        #expect(Date(wireText: text) == testTime(milliseconds))
    }

    @Test(arguments: [
        "", "2026", "2026-13-01", "2026-02-29", "2026-01-01T", "2026-01-01T00:60:00Z", "2026-01-01T25:00Z",
        "2026-01-01T00:00:05.Z", "2026-01-01T00:00:05Zx", "26-01-01", "2026-01-01T00:00:05+1", "９026-01-01",
    ])
    func `anything else is refused`(text: String) {
        #expect(Date(wireText: text) == nil)
    }

    @Test func `leap days and distant years are written and read`() {
        for text in [
            "2024-02-29T23:59:59.999Z", "1969-12-31T23:59:59.999Z", "0001-01-01T00:00:00.000Z",
            "9999-12-31T23:59:59.999Z", "1900-02-28T12:00:00.001Z",
        ] {
            #expect(Date(wireText: text)?.wireText == text)
        }
    }

    @Test func `a date beyond the years of the wire is cut and does not trap`() {
        #expect(Date.distantFuture.addingTimeInterval(1e300).wireText == "9999-12-31T23:59:59.999Z")
        #expect(Date(timeIntervalSince1970: -1e300).wireText == "0000-01-01T00:00:00.000Z")
        #expect(Date(timeIntervalSince1970: .nan).wireText == "0000-01-01T00:00:00.000Z")
    }

    @Test func `milliseconds since 1970 are read as a date`() throws {
        #expect(try Date(json: 1_767_225_605_123) == testTime(5123))
        #expect(throws: WorkflowShapeError.self) { try Date(json: true) }
        #expect(throws: WorkflowShapeError.self) { try Date(json: 1e17) }
    }

    @Test func `durations are whole milliseconds on the wire and survive`() throws {
        #expect(Duration.milliseconds(1500).json == 1500)
        #expect(try Duration(json: 1500.5) == .microseconds(1_500_500))
        #expect(Duration.microseconds(1_500_500).json == 1500.5)
        #expect(try Duration(json: 1e300) == .milliseconds(9_007_199_254_740_992))
        #expect(Duration.microseconds(2999).wholeMilliseconds == .milliseconds(2))
    }
}
