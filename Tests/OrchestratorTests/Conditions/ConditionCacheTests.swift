import Testing

@testable import Orchestrator

struct ConditionCacheTests {
    @Test func `the least recently used expression is dropped, and all keep working`() throws {
        let cache = ConditionCache(limits: try RuntimeLimits(environment: ["FILTREX_CACHE_SIZE": "8"]))
        for number in 0..<8 { _ = try cache.expression("iteration_count == \(number)") }
        _ = try cache.expression("iteration_count == 0")
        _ = try cache.expression("iteration_count == 8")
        #expect(cache.count == 8)
        for number in 0..<9 {
            #expect(
                try cache.expression("iteration_count == \(number)").isTrue(in: testState()) == (number == 0))
        }
        #expect(cache.count == 8)
    }

    @Test func `a malformed expression fails every time`() {
        let cache = ConditionCache()
        for _ in 0..<2 {
            #expect(throws: ConditionSyntaxError.self) { try cache.expression("a ==") }
        }
    }
}
