/// The loops that run, and whose turn it is.
///
/// A loop begins when a connection needs it. If the system has nothing left for one more, those that run take its
/// connections; if none runs, the caller gets the error, and the next caller tries again.
struct LoopTable<Loop> {
    private let limit: Int
    private(set) var loops: [Loop] = []
    private var turn = 0

    init(limit: Int) { self.limit = limit }

    /// The next loop: a new one while there are fewer than the limit.
    mutating func next(begin: () throws(PostgresError) -> Loop) throws(PostgresError) -> Loop {
        if loops.count < limit {
            do throws(PostgresError) {
                let loop = try begin()
                loops.append(loop)
                return loop
            } catch {
                if loops.isEmpty { throw error }
            }
        }
        defer { turn += 1 }
        return loops[turn % loops.count]
    }
}
