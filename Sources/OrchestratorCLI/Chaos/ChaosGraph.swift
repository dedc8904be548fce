#if CLI
import FoundationEssentials
import JSONModel
import Orchestrator

/// The workflow under attack: a chain, a branch, a map, a supervisor's loop, an approval, and effects of both kinds.
///
///     start ──(large)──▶ detour ──▶ fan (20 items) ──▶ boss ⇄ work (3 times) ──▶ gate ──▶ pay ──▶ end
///       └──────────────────────────▲
enum ChaosGraph {
    static let id = UUID(uuid: (0xc4, 0xa0, 0x50, 0, 0, 0, 0x40, 0, 0x80, 0, 0, 0, 0, 0, 0, 1))
    static let itemCount = 20
    static let rounds = 3

    enum Node {
        static let start = "start"
        static let detour = "detour"
        static let fan = "fan"
        static let item = "item"
        static let boss = "boss"
        static let work = "work"
        static let gate = "gate"
        static let pay = "pay"
        static let end = "end"
    }

    static var graph: WorkflowGraph {
        WorkflowGraph(
            id: id, name: "chaos", summary: "The workflow of orchestrator chaos.",
            nodes: [
                .agent(Node.start, agentID: Node.start, failurePolicy: policy),
                .agent(Node.detour, agentID: Node.detour, failurePolicy: policy),
                .map(
                    Node.fan,
                    MapConfig(
                        workerNodeID: Node.item, itemsPath: "$.memory.items", errorStrategy: .failFast,
                        maxConcurrency: 4),
                    failurePolicy: policy),
                .agent(Node.item, agentID: Node.item, failurePolicy: policy),
                .supervisor(
                    Node.boss, SupervisorConfig(managedNodes: [Node.work, Node.gate], agentID: Node.boss),
                    failurePolicy: policy),
                .agent(Node.work, agentID: Node.work, failurePolicy: policy),
                .approval(Node.gate),
                .agent(Node.pay, agentID: Node.pay, failurePolicy: policy),
                .agent(Node.end, agentID: Node.end, failurePolicy: policy),
            ],
            edges: [
                GraphEdge(from: Node.start, to: Node.detour, when: .when("memory.size > 1")),
                GraphEdge(from: Node.start, to: Node.fan),
                GraphEdge(from: Node.detour, to: Node.fan),
                GraphEdge(from: Node.fan, to: Node.boss),
                GraphEdge(from: Node.work, to: Node.boss),
                GraphEdge(from: Node.gate, to: Node.pay),
                GraphEdge(from: Node.pay, to: Node.end),
            ],
            startNode: Node.start, endNodes: [Node.end])
    }

    private static var policy: FailurePolicy {
        FailurePolicy(maxRetries: 10, initialBackoff: .milliseconds(50), timeout: .seconds(60))
    }

    /// The first memory of a run; every other one takes the detour.
    static func memory(number: Int) -> JSONObject {
        ["size": .number(1 + number % 2), "items": .array((0..<itemCount).map { .number($0) })]
    }

    /// How often each node of a run acts, by its size.
    static func actions(size: Int) -> [String: Int] {
        var actions = [
            Node.start: 1, Node.fan: 1, Node.boss: rounds + 1, Node.work: rounds, Node.pay: 1, Node.end: 1,
        ]
        if size > 1 { actions[Node.detour] = 1 }
        return actions
    }

    /// What the runs of a size must end with.
    static func finalMemory(size: Int) -> JSONObject {
        var memory: JSONObject = ["started": true, "worked": .number(rounds), "paid": .number(size * 100)]
        if size > 1 { memory["detoured"] = true }
        memory["sum"] = .number((0..<itemCount).reduce(0) { $0 + $1 * 2 })
        return memory
    }
}
#endif
