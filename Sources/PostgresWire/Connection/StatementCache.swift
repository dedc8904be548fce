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

    /// Finds a statement and notes that it is used.
    mutating func use(_ key: StatementKey) -> PreparedStatement? {
        clock += 1
        let now = clock
        return { (entry: inout Entry?) -> PreparedStatement? in
            entry?.lastUse = now
            return entry?.statement
        }(&statements[key])
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
        guard let entry = statements[statement.key], entry.statement === statement else { return }
        statements[statement.key] = nil
        bytes -= statement.key.sql.utf8.count
        if closesOnServer { closing.append(statement.name) }
    }

    /// Takes the names to close with the next message; those of `used` are still needed by it and stay for the one after.
    mutating func takeClosing(except used: some Sequence<PreparedStatement>) -> [String] {
        guard !closing.isEmpty else { return [] }
        let needed = Set(used.map(\.name))
        let names = closing.filter { !needed.contains($0) }
        closing.removeAll { !needed.contains($0) }
        return names
    }

    private mutating func evict() {
        guard let oldest = statements.values.min(by: { $0.lastUse < $1.lastUse }) else { return }
        remove(oldest.statement, closesOnServer: true)
    }
}
