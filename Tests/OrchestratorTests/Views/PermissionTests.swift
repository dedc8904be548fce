import JSONModel
import Testing

@testable import Orchestrator

struct PermissionTests {
    private static func missing(_ payload: ActionPayload, _ grants: [String]) -> [String]? {
        do {
            try WorkflowAction(payload).checkPermissions(grants)
            return nil
        } catch {
            return error.missing
        }
    }

    @Test func `updates need a grant for every key that is no system key`() {
        let updates: JSONObject = ["a": 1, "b": 2, "_taint_registry": [:]]
        for payload in [ActionPayload.updateMemory(updates), .mergeParallelResults(updates)] {
            #expect(Self.missing(payload, ["a", "b"]) == nil)
            #expect(Self.missing(payload, ["*"]) == nil)
            #expect(Self.missing(payload, ["a"]) == ["b"])
            #expect(Self.missing(payload, []) == ["a", "b"])
        }
        #expect(Self.missing(.updateMemory(["_x": 1]), []) == nil)
    }

    @Test func `status and control flow need their own grants, which the star does not give`() {
        #expect(Self.missing(.setStatus(.completed), ["*"]) == ["status"])
        #expect(Self.missing(.setStatus(.completed), ["status"]) == nil)
        let moves: [ActionPayload] = [
            .gotoNode("x"), .handoff(HandoffPayload(nodeID: "w", supervisorID: "s", reasoning: "r")),
            .requestHumanInput(HumanInputRequest()), .resumeFromHuman(HumanResumption(decision: .approved)),
        ]
        for move in moves {
            #expect(Self.missing(move, ["*", "status"]) == ["control_flow"])
            #expect(Self.missing(move, ["control_flow"]) == nil)
        }
    }

    @Test func `an unknown type is denied even with the star`() {
        #expect(Self.missing(.unknown(type: "nope", [:]), ["*", "status", "control_flow"]) == [])
        let error = PermissionDeniedError(nodeID: "n", actionType: .updateMemory, missing: ["a", "b"])
        #expect(error.description == "node `n` may not do `update_memory`: add `a`, `b` to its write keys")
    }

    @Test func `every kind implies its grants`() throws {
        var verifier = GraphNode(id: "v", type: NodeType(rawValue: "verifier"))
        var subgraph = GraphNode(id: "sub", type: NodeType(rawValue: "subgraph"))
        subgraph.additionalFields = ["subgraph_config": ["output_mapping": ["x": "outer"]]]
        var graph = WorkflowGraph(
            name: "g",
            nodes: [
                .supervisor("s", SupervisorConfig(managedNodes: ["t", "a"]), reads: []), .approval("gate"),
                .tool("t", toolID: "x", writes: ["extra"]), .map("m", MapConfig(workerNodeID: "t")),
                .agent("a", agentID: "x", writes: ["plan"]), verifier, subgraph,
            ], edges: [], startNode: "s", endNodes: [])
        func writes(_ id: String) throws -> [String] {
            graph.effectiveWriteKeys(of: try #require(graph.node(id)))
        }
        #expect(try writes("s") == ["control_flow", "status"])
        #expect(try writes("gate") == ["control_flow"])
        #expect(try writes("t") == ["extra", "t_result"])
        #expect(try writes("m") == ["m_results", "m_errors", "m_count", "m_error_count"])
        #expect(try writes("a") == ["plan"])
        #expect(try writes("v") == ["v_verification", "v_verification_passed"])
        #expect(try writes("sub") == ["control_flow", "outer"])
        verifier.additionalFields = ["verifier_config": ["result_key": "ok"]]
        graph.nodes[5] = verifier
        #expect(try writes("v") == ["ok", "ok_passed"])
    }

    @Test func `reads grow by what is reviewed and by what managed nodes write`() throws {
        var gate = GraphNode.approval("gate", ApprovalConfig(reviewKeys: ["*", "draft"]))
        gate.readKeys = ["goal_text"]
        let graph = WorkflowGraph(
            name: "g",
            nodes: [
                gate, .supervisor("s", SupervisorConfig(managedNodes: ["t", "a"]), reads: []),
                .tool("t", toolID: "x"), .agent("a", agentID: "x", writes: ["plan"]),
            ], edges: [], startNode: "s", endNodes: [])
        #expect(graph.effectiveReadKeys(of: gate) == ["goal_text", "draft"])
        let supervisor = try #require(graph.node("s"))
        #expect(graph.effectiveReadKeys(of: supervisor) == ["t_result", "t_output", "plan", "a_output"])
        var reading = supervisor
        reading.readKeys = ["x"]
        #expect(graph.effectiveReadKeys(of: reading) == ["x"])
    }
}
