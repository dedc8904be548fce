/// Bounds what one run may keep in its state.
///
/// Everything that folds the events of a run must use the same limits, or the folds differ.
public struct RuntimeLimits: Sendable, Hashable {
    /// The longest JSON text of one memory value, in UTF-8 bytes.
    ///
    /// 1,024 to 104,857,600.
    public var maxMemoryValueBytes: Int
    /// How many visited nodes are kept, the newest.
    ///
    /// 10 to 1,000,000.
    public var maxVisitedNodes: Int
    /// How many supervisor handoffs are kept, the newest.
    ///
    /// 10 to 100,000.
    public var maxSupervisorHistory: Int
    /// How many refused memory updates are kept, the newest.
    ///
    /// 1 to 10,000.
    public var maxMemoryDrops: Int
    /// How many compiled conditions a cache keeps.
    ///
    /// 8 to 100,000.
    public var conditionCacheSize: Int

    /// How many lesson provenance entries are kept, the newest.
    public static let maxLessonProvenanceEntries = 256
    /// How many keys of applied human responses are kept, the newest.
    public static let maxAppliedResponseKeys = 32

    /// The limits that hold when nothing else is said.
    public static let standard = RuntimeLimits()

    private init() {
        maxMemoryValueBytes = 1_048_576
        maxVisitedNodes = 1000
        maxSupervisorHistory = 100
        maxMemoryDrops = 50
        conditionCacheSize = 256
    }

    /// Reads overrides from environment variables.
    ///
    /// The names are `MAX_MEMORY_VALUE_BYTES`, `MAX_VISITED_NODES`, `MAX_SUPERVISOR_HISTORY`, `MAX_MEMORY_DROPS`
    /// and `FILTREX_CACHE_SIZE`; an absent or empty one leaves the default.
    ///
    /// - Parameter environment: The variables, for example `ProcessInfo.processInfo.environment`.
    /// - Throws: `RuntimeLimitError` for a value that is not an integer of the range; it is never ignored.
    public init(environment: [String: String]) throws(RuntimeLimitError) {
        self.init()
        try Self.read(
            "MAX_MEMORY_VALUE_BYTES", 1024...104_857_600, from: environment, into: &maxMemoryValueBytes)
        try Self.read("MAX_VISITED_NODES", 10...1_000_000, from: environment, into: &maxVisitedNodes)
        try Self.read("MAX_SUPERVISOR_HISTORY", 10...100_000, from: environment, into: &maxSupervisorHistory)
        try Self.read("MAX_MEMORY_DROPS", 1...10_000, from: environment, into: &maxMemoryDrops)
        try Self.read("FILTREX_CACHE_SIZE", 8...100_000, from: environment, into: &conditionCacheSize)
    }

    private static func read(
        _ name: String, _ range: ClosedRange<Int>, from environment: [String: String], into value: inout Int
    ) throws(RuntimeLimitError) {
        guard let text = environment[name], !text.isEmpty else { return }
        guard let number = Int(text), range.contains(number) else {
            throw RuntimeLimitError(name: name, value: text, range: range)
        }
        value = number
    }
}
