import JSONModel
import Testing

@testable import Orchestrator

struct StateViewTests {
    @Test func `an empty grant shows the run and no memory`() {
        var state = testState(memory: ["a": 1])
        state.constraints = ["c"]
        let view = StateView(state, readKeys: [])
        #expect(view.memory.isEmpty)
        #expect(view.goal == "g")
        #expect(view.constraints == ["c"])
        #expect(view.runID == testID(2))
    }

    @Test func `several picks of one parent merge, and a key with a dot is found whole first`() {
        let state = testState(memory: ["u": ["a": 1, "b": 2, "c": ["d": 3, "e": 4]], "u.x": 5])
        let view = StateView(state, readKeys: ["u.a", "u.c.d", "u.x", "u.c.e", "u.z", "u.a.b"])
        #expect(view.memory == ["u": ["a": 1, "c": ["d": 3, "e": 4]], "u.x": 5])
    }

    @Test func `taint is shown for visible keys only`() {
        var state = testState(memory: ["a": 1, "b": 2])
        let taint = TaintMetadata(source: "mcp_tool", createdAt: "t")
        state.taintRegistry = ["a": taint, "b": taint, "gone": taint]
        #expect(StateView(state, readKeys: ["a"]).taint == ["a": taint])
    }

    @Test func `the view as JSON holds the item of a map`() {
        let view = StateView(testState(memory: ["a": 1]), readKeys: ["*"], taskContext: ["map_index": 2])
        #expect(view.json["memory"] == ["a": 1])
        #expect(view.json["task_context"]?["map_index"] == 2)
        #expect(view.json["taint"] == nil)
    }
}
