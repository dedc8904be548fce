/// Which rules a log was folded by.
enum ReplayVersion {
    /// The rules of this engine; raise it whenever an effect of a reducer changes.
    static let current = 1000
    /// Rules that fold to the same states: the original engine's.
    static let compatible: Set<Int> = [3, current]
}
