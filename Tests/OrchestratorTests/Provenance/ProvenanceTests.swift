import FoundationEssentials
import JSONModel
import Testing

@testable import Orchestrator

struct ProvenanceTests {
    @Test func `minting keeps non-empty ids in order, and mints nothing without any`() {
        let minted = mintLessonProvenance(
            factIDs: ["f2", "", "f1"], nodeID: "n", agentID: "a", key: testID(9), retrievedAt: testTime(5))
        let entry = LessonProvenanceEntry(
            nodeID: "n", agentID: "a", factIDs: ["f2", "f1"], retrievedAt: "2026-01-01T00:00:00.005Z")
        #expect(minted == ["00000000-0000-4000-8000-000000000009": entry])
        #expect(mintLessonProvenance(factIDs: ["", ""], nodeID: "n", retrievedAt: testTime()) == nil)
    }

    @Test func `entries are listed oldest first, then by key, and ids once`() {
        var state = testState()
        state.lessonProvenance = [
            "b": LessonProvenanceEntry(nodeID: "n", factIDs: ["f3", "f1"], retrievedAt: "2026-01-02"),
            "a": LessonProvenanceEntry(nodeID: "n", factIDs: ["f2"], retrievedAt: "2026-01-02"),
            "c": LessonProvenanceEntry(nodeID: "n", factIDs: ["f1"], retrievedAt: "2026-01-01"),
        ]
        #expect(lessonProvenance(in: state).map(\.factIDs) == [["f1"], ["f2"], ["f3", "f1"]])
        #expect(getLessonProvenance(state) == lessonProvenance(in: state))
        #expect(injectedFactIDs(in: state) == ["f1", "f2", "f3"])
        #expect(getInjectedFactIds(state) == ["f1", "f2", "f3"])
        #expect(injectedFactIDs(in: testState()).isEmpty)
    }

    @Test func `merging is a union that nothing can clear, and a handoff carries it`() {
        var state = testState()
        let entry = LessonProvenanceEntry(nodeID: "n", factIDs: ["f"], retrievedAt: "t")
        state.apply(
            .handoff(
                HandoffPayload(
                    nodeID: "w", supervisorID: "s", reasoning: "r", lessonProvenance: ["e1": entry])))
        state.apply(.updateMemory(["_lesson_provenance": ["e2": entry.json]]))
        state.apply(.updateMemory(["_lesson_provenance": [:], "_taint_registry": [:]]))
        #expect(state.lessonProvenance.keys.sorted() == ["e1", "e2"])
        #expect(state.currentNode == "w")
    }

    @Test func `provenance is invisible in views`() {
        var state = testState(memory: ["a": 1, "_lesson_provenance": ["x": 1]])
        state.lessonProvenance = ["e": LessonProvenanceEntry(nodeID: "n", factIDs: ["f"], retrievedAt: "t")]
        #expect(
            StateView(state, readKeys: ["*", "_lesson_provenance", "lesson_provenance"]).memory == ["a": 1])
        #expect(StateView(state, readKeys: ["_lesson_provenance", "lesson_provenance"]).memory.isEmpty)
    }
}
