#if CLI
import FoundationEssentials
import JSONModel
import Orchestrator

/// The workflow of the demo: find what is nearest to a question, look at each find, and write an answer with sources.
///
///     retrieve ──(best match is weak)──▶ broaden ──▶ examine ──▶ desk ⇄ relate, write
///         └────────────────────────────────────────────▲
enum ResearchGraph {
    /// The graph's id, the same in every database.
    static let id = UUID(uuid: (0xde, 0x30, 0, 0, 0, 0, 0x40, 0, 0x80, 0, 0, 0, 0, 2, 0, 1))
    static let name = "research"
    /// Below this similarity the best match is weak and the search is broadened, once.
    static let weakSimilarity = 0.5

    /// The ids of handlers and nodes.
    enum Node {
        static let retrieve = "retrieve"
        static let broaden = "broaden"
        static let examine = "examine"
        static let inspector = "inspector"
        static let desk = "desk"
        static let relate = "relate"
        static let write = "write"
    }

    static var graph: WorkflowGraph {
        var graph = WorkflowGraph(
            id: id, name: name,
            summary: "Answers a question from the knowledge graph and names its sources.",
            nodes: [
                .agent(
                    Node.retrieve, agentID: Node.retrieve, reads: ["question_id"],
                    writes: ["candidates", "best_similarity"], failurePolicy: policy),
                .agent(
                    Node.broaden, agentID: Node.broaden, reads: ["question_id", "candidates"],
                    writes: ["candidates", "broadened"], failurePolicy: policy),
                .map(
                    Node.examine,
                    MapConfig(
                        workerNodeID: Node.inspector, itemsPath: "$.memory.candidates",
                        errorStrategy: .failFast,
                        maxConcurrency: 4),
                    reads: ["candidates"], failurePolicy: policy),
                .agent(
                    Node.inspector, agentID: Node.inspector, reads: [], writes: ["finding"],
                    failurePolicy: policy),
                .supervisor(
                    Node.desk, SupervisorConfig(managedNodes: [Node.relate, Node.write], agentID: Node.desk),
                    reads: ["relations", "answer"], failurePolicy: policy),
                .agent(
                    Node.relate, agentID: Node.relate, reads: ["examine_results"], writes: ["relations"],
                    failurePolicy: policy),
                .agent(
                    Node.write, agentID: Node.write, reads: ["question", "examine_results", "relations"],
                    writes: ["answer", "sources"], failurePolicy: policy),
            ],
            edges: [
                GraphEdge(
                    from: Node.retrieve, to: Node.broaden,
                    when: .when("memory.best_similarity < \(weakSimilarity)")),
                GraphEdge(from: Node.retrieve, to: Node.examine),
                GraphEdge(from: Node.broaden, to: Node.examine),
                GraphEdge(from: Node.examine, to: Node.desk),
                GraphEdge(from: Node.relate, to: Node.desk),
                GraphEdge(from: Node.write, to: Node.desk),
            ],
            startNode: Node.retrieve, endNodes: [])
        graph.areKeysStrict = false
        return graph
    }

    private static var policy: FailurePolicy {
        FailurePolicy(maxRetries: 3, initialBackoff: .milliseconds(100), timeout: .seconds(30))
    }

    /// How many steps a run has whose best match has this similarity.
    static func stepCount(bestSimilarity: Double) -> Int { bestSimilarity < weakSimilarity ? 8 : 7 }

    /// The first memory of a run.
    static func memory(questionID: UUID, question: String) -> JSONObject {
        ["question_id": .string(questionID.uuidString.lowercased()), "question": .string(question)]
    }

    /// The handlers of all nodes.
    static func handlers(_ library: ResearchLibrary) -> HandlerRegistry {
        [
            Node.retrieve: RetrieveHandler(library: library), Node.broaden: BroadenHandler(library: library),
            Node.inspector: InspectHandler(library: library), Node.desk: DeskHandler(),
            Node.relate: RelateHandler(library: library), Node.write: WriteHandler(),
        ]
    }
}
#endif
