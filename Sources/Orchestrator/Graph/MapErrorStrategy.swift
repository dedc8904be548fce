/// Says what a failing item does to its map node; the raw values are the wire names.
public enum MapErrorStrategy: String, Sendable, Hashable, CaseIterable {
    /// Every item runs; failures become results.
    case bestEffort = "best_effort"
    /// The first failure fails the node.
    case failFast = "fail_fast"
}

extension MapErrorStrategy: JSONConvertible {}
