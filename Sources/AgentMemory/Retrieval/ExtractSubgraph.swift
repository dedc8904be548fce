public import FoundationEssentials
public import StoreContracts

/// Entities, and the edges between them.
public struct Subgraph: Hashable, Sendable {
    /// The entities, in the order in which they were reached.
    public var entities: [Entity] = []
    /// The edges with both ends among these entities, by `validFrom`.
    public var relationships: [Relationship] = []
    /// The ids that were reached, those of entities that were given up or are not stored included.
    public var reachedIDs: [UUID] = []
}

/// How far a subgraph goes.
public struct SubgraphOptions: Hashable, Sendable {
    /// How many edges away from the seeds.
    public var maxHops: Int
    /// The greatest number of entities.
    public var maxEntities: Int
    /// Which edges are followed.
    public var edges: RelationshipFilter

    /// The usual: two hops, 500 entities, every edge that is not void.
    public init(
        maxHops: Int = 2, maxEntities: Int = 500, edges: RelationshipFilter = RelationshipFilter()
    ) {
        self.maxHops = maxHops
        self.maxEntities = maxEntities
        self.edges = edges
    }
}

/// Collects what is reached from some entities, breadth first: one statement for each hop, and one for the entities.
///
/// Edges between two entities that are both reached at the last hop only are not looked at. Entities that were given
/// up are left out unless the edges' filter includes what is void.
public func extractSubgraph(
    from store: any MemoryStore, seeds: [UUID], _ options: SubgraphOptions = SubgraphOptions()
) async throws(StoreError) -> Subgraph {
    var visited: [UUID] = []
    var isVisited: Set<UUID> = []
    var edges: [UUID: Relationship] = [:]
    var frontier = seeds
    for hop in 0...max(0, options.maxHops) {
        var fresh: [UUID] = []
        for id in frontier where visited.count < options.maxEntities && isVisited.insert(id).inserted {
            visited.append(id)
            fresh.append(id)
        }
        guard hop < options.maxHops, !fresh.isEmpty, visited.count < options.maxEntities else { break }
        let found = try await store.relationships(forEntities: fresh, options.edges)
        let isFresh = Set(fresh)
        frontier = []
        for edge in found {
            edges[edge.id] = edge
            if isFresh.contains(edge.sourceID) { frontier.append(edge.targetID) }
            if isFresh.contains(edge.targetID) { frontier.append(edge.sourceID) }
        }
    }
    let records = try await store.getEntities(visited)
    var graph = Subgraph()
    graph.entities = visited.compactMap { records[$0] }.filter {
        options.edges.includeInvalidated || $0.invalidatedAt == nil
    }
    graph.reachedIDs = visited
    let isKept = Set(graph.entities.map(\.id))
    graph.relationships = edges.values
        .filter { isKept.contains($0.sourceID) && isKept.contains($0.targetID) }
        .sorted { ($0.validFrom, $0.id.text) < ($1.validFrom, $1.id.text) }
    return graph
}
