/// The prepared statements of one session, the least recently used of which gives way.
///
/// A statement that gives way is closed on the server with the next message that is sent anyway.
struct StatementCache {
    /// How many statements are kept.
    let maximumCount: Int
    /// How many bytes of SQL are kept in all.
    let maximumBytes: Int

    private var statements: [StatementKey: Entry] = [:]
    private var clock: UInt64 = 0
    private var bytes = 0
    private var counters = StatementCacheStatistics()
    /// Names that the server should forget.
    private(set) var closing: [String] = []

    private struct Entry {
        let statement: PreparedStatement
        var lastUse: UInt64
    }

    init(maximumCount: Int, maximumBytes: Int) {
        self.maximumCount = maximumCount
        self.maximumBytes = maximumBytes
    }

    var count: Int { statements.count }

    var statistics: StatementCacheStatistics {
        var statistics = counters
        statistics.count = statements.count
        statistics.bytes = bytes
        return statistics
    }

    /// Finds a statement and notes that it is used.
    mutating func use(_ key: StatementKey) -> PreparedStatement? {
        clock += 1
        let now = clock
        let found = { (entry: inout Entry?) -> PreparedStatement? in
            entry?.lastUse = now
            return entry?.statement
        }(&statements[key])
        if found == nil { counters.misses += 1 } else { counters.hits += 1 }
        return found
    }

    /// Adds a statement; others give way if there is no room.
    mutating func insert(_ statement: PreparedStatement) {
        let size = statement.key.sql.utf8.count
        while !statements.isEmpty, statements.count >= maximumCount || bytes + size > maximumBytes { evict() }
        clock += 1
        statements[statement.key] = Entry(statement: statement, lastUse: clock)
        bytes += size
    }

    /// Forgets a statement that the server does not know or no longer means the same.
    mutating func remove(_ statement: PreparedStatement, closesOnServer: Bool) {
        if drop(statement, closesOnServer: closesOnServer) { counters.invalidations += 1 }
    }

    private mutating func drop(_ statement: PreparedStatement, closesOnServer: Bool) -> Bool {
        guard let entry = statements[statement.key], entry.statement === statement else { return false }
        statements[statement.key] = nil
        bytes -= statement.key.sql.utf8.count
        if closesOnServer { closing.append(statement.name) }
        return true
    }

    /// Forgets a statement, and has its name closed before it is prepared again, whether the server knows it or not.
    mutating func renew(_ statement: PreparedStatement) {
        guard !statement.name.isEmpty else { return }
        if let entry = statements[statement.key], entry.statement !== statement { return }
        if drop(statement, closesOnServer: false) { counters.invalidations += 1 }
        if !closing.contains(statement.name) { closing.append(statement.name) }
    }

    /// Forgets all statements, which the server forgets too.
    mutating func removeAll() {
        counters.invalidations += statements.count
        statements = [:]
        bytes = 0
        closing = []
    }

    /// Takes the names to close before a message that uses some statements and prepares others.
    ///
    /// A statement that gave way and is used all the same is closed with the message after this one.
    mutating func takeClosing(
        before used: some Collection<(statement: PreparedStatement, isPrepared: Bool)>
    ) -> [String] {
        guard !closing.isEmpty else { return [] }
        var names = closing
        var later: [String] = []
        // One that is prepared anew is closed before, however often it is used behind.
        let parsed = Set(used.lazy.filter { !$0.isPrepared }.map(\.statement.name))
        for (statement, isPrepared) in used where closing.contains(statement.name) {
            if isPrepared, !parsed.contains(statement.name) { names.removeAll { $0 == statement.name } }
            if statements[statement.key]?.statement !== statement { later.append(statement.name) }
        }
        closing = later
        return names
    }

    private mutating func evict() {
        guard let oldest = statements.values.min(by: { $0.lastUse < $1.lastUse }) else { return }
        if drop(oldest.statement, closesOnServer: true) { counters.evictions += 1 }
    }
}
