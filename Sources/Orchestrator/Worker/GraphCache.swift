import FoundationEssentials
import Locking

/// The graphs that a worker used lately, made ready once.
final class GraphCache: Sendable {
    /// How many graphs are kept.
    static let capacity = 256

    private let graphs = Lock<[UUID: PreparedGraph]>([:])

    /// The graph made ready; one that has changed under its id is made ready again.
    func prepared(_ graph: WorkflowGraph) -> PreparedGraph {
        if let known = graphs.withLock({ $0[graph.id] }), known.index.graph == graph { return known }
        let fresh = PreparedGraph(graph)
        graphs.withLock { graphs in
            if graphs.count >= Self.capacity { graphs.removeAll() }
            graphs[graph.id] = fresh
        }
        return fresh
    }
}
