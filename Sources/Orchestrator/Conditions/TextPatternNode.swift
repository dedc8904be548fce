/// The parsed form of a pattern.
indirect enum TextPatternNode: Sendable {
    case characters(ScalarSet)
    case start
    case end
    case wordBoundary(isNegated: Bool)
    case sequence([TextPatternNode])
    case alternatives([TextPatternNode])
    /// `maximum` is nil for an open repetition.
    case repetition(TextPatternNode, minimum: Int, maximum: Int?)

    /// Tells whether an open repetition lies in this node.
    var repeatsOpenly: Bool {
        switch self {
        case .characters, .start, .end, .wordBoundary: false
        case .sequence(let nodes), .alternatives(let nodes): nodes.contains { $0.repeatsOpenly }
        case .repetition(let node, _, let maximum): maximum == nil || node.repeatsOpenly
        }
    }
}
