import PostgresCodecs
import Testing

@testable import PostgresWire

@Suite struct StatementCacheTests {
    private func statement(_ sql: String) -> PreparedStatement {
        PreparedStatement(key: StatementKey(sql: sql, types: []))
    }

    @Test func `one that is prepared anew is closed before, though it is used again behind`() {
        var cache = StatementCache(maximumCount: 8, maximumBytes: 1_000)
        let old = statement("SELECT 1")
        cache.insert(old)
        cache.renew(old)
        let new = statement("SELECT 1")
        cache.insert(new)
        #expect(cache.takeClosing(before: [(new, false), (new, true)]) == [old.name])
        #expect(cache.takeClosing(before: [(new, true)]) == [])
    }

    @Test func `one that gave way and is used all the same is closed with the message after`() {
        var cache = StatementCache(maximumCount: 1, maximumBytes: 1_000)
        let first = statement("SELECT 1")
        let second = statement("SELECT 2")
        cache.insert(first)
        cache.insert(second)
        #expect(cache.takeClosing(before: [(first, true), (second, false)]) == [])
        #expect(cache.takeClosing(before: [(second, true)]) == [first.name])
    }

    @Test func `one that is renewed twice is closed once, and one that was replaced stays`() {
        var cache = StatementCache(maximumCount: 8, maximumBytes: 1_000)
        let old = statement("SELECT 1")
        cache.renew(old)
        cache.renew(old)
        #expect(cache.closing == [old.name])
        let new = statement("SELECT 1")
        cache.insert(new)
        _ = cache.takeClosing(before: [(new, false)])
        cache.renew(old)
        #expect(cache.closing == [])
        #expect(cache.use(new.key) === new)
    }

    @Test func `what is forgotten as a whole leaves no room taken and nothing to close`() {
        var cache = StatementCache(maximumCount: 8, maximumBytes: 20)
        for number in 0..<4 { cache.insert(statement("SELECT \(number)")) }
        cache.removeAll()
        #expect(cache.count == 0)
        #expect(cache.closing == [])
        cache.insert(statement("SELECT 8"))
        cache.insert(statement("SELECT 9"))
        #expect(cache.count == 2)
    }
}
