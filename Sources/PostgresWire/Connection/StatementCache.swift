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

    /// Takes the names to close before a message that uses some statements and prepares others.
    ///
    /// A statement that gave way and is used all the same is closed with the message after this one.
    mutating func takeClosing(
        before used: some Sequence<(statement: PreparedStatement, isPrepared: Bool)>
    ) -> [String] {
        guard !closing.isEmpty else { return [] }
        var names = closing
        var later: [String] = []
        for (statement, isPrepared) in used where closing.contains(statement.name) {
            if isPrepared { names.removeAll { $0 == statement.name } }
            if statements[statement.key]?.statement !== statement { later.append(statement.name) }
        }
        closing = later
        return names
    }

    private mutating func evict() {
        guard let oldest = statements.values.min(by: { $0.lastUse < $1.lastUse }) else { return }
        remove(oldest.statement, closesOnServer: true)
    }
}
