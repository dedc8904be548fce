/// A record that a search found.
public struct ScoredRecord<Record: Sendable & Hashable>: Sendable, Hashable {
    /// The record, complete but for the vector, which comes only if the filter asks for it.
    public var item: Record
    /// How near it is; greater is nearer, never NaN.
    public var score: Double

    /// Makes a result.
    public init(item: Record, score: Double) {
        self.item = item
        self.score = score
    }
}
