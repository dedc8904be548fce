import FoundationEssentials
import JSONModel
import Testing

@testable import Orchestrator

struct ReducerTests {
    @Test func `completed is final for every terminal transition`() {
        for dispatch in [
            InternalDispatch.fail(lastError: "e"), .cancel, .timeOut, .budgetExceeded(lastError: "e"),
        ] {
            #expect(testState(.completed).reduced(by: dispatch, at: testTime(1)) == testState(.completed))
        }
    }

    @Test func `an update keeps other keys, takes null and arrays, and leaves its input alone`() {
        let before = testState(memory: ["a": 1, "b": 2])
        let after = before.reduced(by: WorkflowAction(.updateMemory(["b": nil, "c": [1, ["d": 2]]])))
        #expect(after.memory == ["a": 1, "b": nil, "c": [1, ["d": 2]]])
        #expect(after.updatedAt == testTime(5123))
        #expect(before.memory == ["a": 1, "b": 2])
    }

    @Test func `visited nodes keep the newest 1000 and nothing is cut below`() {
        var state = testState()
        for index in 0..<1000 { state.apply(.gotoNode("n\(index)")) }
        #expect(state.visitedNodes.count == 1000)
        #expect(state.visitedNodes.first == "n0")
        state.apply(.advance(to: "x"), at: testTime())
        #expect(state.visitedNodes.count == 1000)
        #expect(state.visitedNodes.first == "n1")
        #expect(state.visitedNodes.last == "x")
    }

    @Test func `supervisor history keeps the newest 100 and the counts are never cut`() {
        var state = testState()
        for index in 0..<101 {
            state.apply(.handoff(HandoffPayload(nodeID: "w", supervisorID: "s", reasoning: "r\(index)")))
        }
        #expect(state.supervisorHistory.count == 100)
        #expect(state.supervisorHistory.first?.reasoning == "r1")
        #expect(state.supervisorCounts == ["s": 101])
    }

    @Test func `unknown underscore keys are dropped through every channel`() {
        let updates: JSONObject = ["_bad": 1, "good": 2]
        let payloads: [ActionPayload] = [
            .updateMemory(updates), .mergeParallelResults(updates),
            .handoff(HandoffPayload(nodeID: "w", supervisorID: "s", reasoning: "r", memoryUpdates: updates)),
            .requestHumanInput(HumanInputRequest(memoryUpdates: updates)),
            .resumeFromHuman(HumanResumption(decision: .approved, memoryUpdates: updates)),
        ]
        for payload in payloads {
            var state = testState()
            state.apply(payload)
            #expect(state.memory["good"] == 2, "\(payload.type)")
            #expect(state.memory["_bad"] == nil, "\(payload.type)")
            let drop = MemoryDrop(key: "_bad", reason: .reservedKey, nodeID: "n", timestamp: testTime(5123))
            #expect(state.memoryDrops == [drop], "\(payload.type)")
        }
    }

    @Test func `a value of exactly the limit passes and one byte more is dropped`() throws {
        let limits = try RuntimeLimits(environment: ["MAX_MEMORY_VALUE_BYTES": "1024"])
        var state = testState()
        state.apply(
            .mergeParallelResults([
                "fits": .string(String(repeating: "x", count: 1022)),
                "large": .string(String(repeating: "x", count: 1023)),
            ]), limits: limits)
        #expect(state.memory.keys == ["fits"])
        #expect(state.memoryDrops.first?.bytes == 1025)
        #expect(state.memoryDrops.first?.reason == .oversized)
    }

    @Test func `drops are recorded reserved first, in the order of keys, the newest 50`() throws {
        let limits = try RuntimeLimits(environment: [
            "MAX_MEMORY_VALUE_BYTES": "1024", "MAX_MEMORY_DROPS": "3",
        ])
        let large = JSONValue.string(String(repeating: "x", count: 2000))
        var state = testState()
        state.apply(.updateMemory(["b": large, "a": large, "_z": 1, "_y": 1]), limits: limits)
        #expect(state.memoryDrops.map(\.key) == ["_z", "a", "b"])
    }

    @Test func `system keys reach their fields and a wrong kind is ignored`() {
        var state = testState()
        state.subgraphCheckpoints = ["gone": 1]
        state.apply(
            .updateMemory([
                "_swarm_handoff_count": 3, "_subgraph_resume_gone": nil, "_subgraph_resume_sub": ["x": 1],
                "_taint_registry": ["k": ["source": "mcp_tool", "created_at": "t"], "bad": 3],
                "_lesson_provenance": "none",
            ]))
        #expect(state.swarmHandoffCount == 3)
        #expect(state.subgraphCheckpoints == ["sub": ["x": 1]])
        #expect(state.taintRegistry.keys.sorted() == ["k"])
        #expect(state.lessonProvenance.isEmpty)
        #expect(state.memoryDrops.isEmpty)
        state.apply(.updateMemory(["_swarm_handoff_count": -1]))
        #expect(state.swarmHandoffCount == 3)
    }

    @Test func `a pause takes its deadline from the action, and zero means a day`() {
        var state = testState()
        state.apply(.requestHumanInput(HumanInputRequest(timeout: .zero)))
        #expect(state.status == .waiting)
        #expect(state.waitingFor == .humanApproval)
        #expect(state.waitingSince == testTime(5123))
        #expect(state.waitingTimeoutAt == testTime(5123 + 86_400_000))
    }

    @Test func `an endless pause is cut and does not trap`() {
        var state = testState()
        state.apply(.requestHumanInput(HumanInputRequest(timeout: .seconds(Int64.max / 2))))
        #expect(state.waitingTimeoutAt?.wireText == "9999-12-31T23:59:59.999Z")
    }

    @Test func `a resume records its key without the prefix, the newest 32`() {
        var state = testState()
        for index in 0..<33 {
            let payload = ActionPayload.resumeFromHuman(HumanResumption(decision: .approved))
            state.apply(WorkflowAction(payload, key: "resume:job:\(index)"))
        }
        #expect(state.appliedResponseKeys.count == 32)
        #expect(state.appliedResponseKeys.first == "job:1")
        #expect(state.appliedResponseKeys.last == "job:32")
    }

    @Test func `a resume clears the wait, and a response of null is written`() {
        var state = StateJSONTests.fullState
        state.apply(.resumeFromHuman(HumanResumption(decision: .edited, response: .null)))
        #expect(state.status == .running)
        #expect(state.pendingApproval == nil)
        #expect(state.waitingFor == nil)
        #expect(state.waitingSince == nil)
        #expect(state.waitingTimeoutAt == nil)
        #expect(state.memory["human_decision"] == "edited")
        #expect(state.memory["human_response"] == .some(.null))
    }

    @Test func `usage that is not finite or negative counts as zero`() {
        var state = testState()
        state.apply(.trackCost(usd: .nan), at: testTime())
        state.apply(.trackCost(usd: .infinity), at: testTime())
        state.apply(.trackCost(usd: -1), at: testTime())
        state.apply(.trackTokens(total: -5, input: -1, output: 2), at: testTime())
        state.apply(
            .trackModelUsage(ModelUsage(model: "m", inputTokens: -3, outputTokens: 1, costUSD: .nan)),
            at: testTime())
        #expect(state.totalCostUSD == 0)
        #expect(state.totalTokensUsed == 0)
        #expect(state.totalOutputTokens == 2)
        #expect(state.modelBreakdown["m"] == UsageBreakdown(outputTokens: 1, calls: 1))
    }

    @Test func `totals stop at the greatest exact count and do not trap`() {
        var state = testState()
        state.totalTokensUsed = 9_007_199_254_740_992
        state.iterationCount = .max
        state.apply(.trackTokens(total: .max, input: 1, output: 1), at: testTime())
        state.apply(.incrementIteration(), at: testTime())
        #expect(state.totalTokensUsed == 9_007_199_254_740_992)
        #expect(state.iterationCount == 9_007_199_254_740_992)
    }

    @Test func `an increment adds the active time in whole milliseconds`() {
        var state = testState()
        state.apply(.incrementIteration(elapsed: .microseconds(1999)), at: testTime())
        state.apply(.incrementIteration(elapsed: .milliseconds(-4)), at: testTime())
        #expect(state.iterationCount == 2)
        #expect(state.activeElapsed == .milliseconds(1))
    }

    @Test func `a second start keeps the first instant, and a resume keeps the node`() {
        var state = testState(.pending)
        state.apply(.start(node: "a"), at: testTime(1))
        state.apply(.start(node: "a"), at: testTime(2))
        #expect(state.status == .running)
        #expect(state.startedAt == testTime(1))
        state.apply(.resume(), at: testTime(3))
        #expect(state.currentNode == "a")
        #expect(state.updatedAt == testTime(3))
    }

    @Test func `compensations are pushed and popped newest first`() {
        var state = testState()
        for id in ["a", "b"] {
            let entry = CompensationEntry(actionID: id, compensation: Compensation(type: "t"))
            state.apply(.pushCompensation(entry), at: testTime())
        }
        state.apply(.popCompensation, at: testTime())
        #expect(state.compensationStack.map(\.actionID) == ["a"])
    }
}
