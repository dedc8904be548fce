import Testing

@testable import Orchestrator

struct RuntimeLimitsTests {
    @Test func `the limits have the documented defaults`() throws {
        let limits = try RuntimeLimits(environment: ["MAX_MEMORY_DROPS": ""])
        #expect(limits == .standard)
        #expect(limits.maxMemoryValueBytes == 1_048_576)
        #expect(limits.maxVisitedNodes == 1000)
        #expect(limits.maxSupervisorHistory == 100)
        #expect(limits.maxMemoryDrops == 50)
        #expect(limits.conditionCacheSize == 256)
    }

    @Test func `an override at the edge of its range is taken`() throws {
        let limits = try RuntimeLimits(environment: [
            "MAX_VISITED_NODES": "10", "FILTREX_CACHE_SIZE": "100000",
        ])
        #expect(limits.maxVisitedNodes == 10)
        #expect(limits.conditionCacheSize == 100_000)
    }

    @Test(arguments: ["9", "1000001", "many", "1e3"]) func `a useless override is an error`(value: String) {
        #expect(throws: RuntimeLimitError(name: "MAX_VISITED_NODES", value: value, range: 10...1_000_000)) {
            try RuntimeLimits(environment: ["MAX_VISITED_NODES": value])
        }
    }
}
