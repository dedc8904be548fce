import Locking

/// Keeps compiled conditions by their text, the most recently used ones.
///
/// Give one cache to all ``GraphIndex`` values of a process, and a graph that is loaded again compiles nothing.
public final class ConditionCache: Sendable {
    private struct Entry {
        var outcome: Result<ConditionExpression, ConditionSyntaxError>
        var lastUse: UInt64
    }

    private struct Contents {
        var entries: [String: Entry] = [:]
        var uses: UInt64 = 0
    }

    private let capacity: Int
    private let contents = Lock(Contents())

    /// Creates an empty cache for `RuntimeLimits.conditionCacheSize` expressions.
    public init(limits: RuntimeLimits = .standard) {
        capacity = max(1, limits.conditionCacheSize)
    }

    /// Returns the compiled expression, compiling it if it is not kept.
    ///
    /// Mistakes are kept too. Adding one expression to a full cache costs a pass over it.
    ///
    /// - Throws: `ConditionSyntaxError`, as ``ConditionExpression/init(_:)``.
    public func expression(_ text: String) throws(ConditionSyntaxError) -> ConditionExpression {
        let kept = contents.withLock { contents in
            contents.uses += 1
            contents.entries[text]?.lastUse = contents.uses
            return contents.entries[text]?.outcome
        }
        if let kept { return try kept.get() }
        let outcome = Result { () throws(ConditionSyntaxError) in try ConditionExpression(text) }
        contents.withLock { contents in
            if contents.entries.count >= capacity, contents.entries[text] == nil {
                let oldest = contents.entries.min { $0.value.lastUse < $1.value.lastUse }
                if let oldest { contents.entries[oldest.key] = nil }
            }
            contents.entries[text] = Entry(outcome: outcome, lastUse: contents.uses)
        }
        return try outcome.get()
    }

    /// How many expressions are kept.
    var count: Int { contents.withLock { $0.entries.count } }
}
