import JSONModel
import Testing

@testable import Orchestrator

struct TableVectorTests {
    @Test func `all 81 pairs of statuses are allowed or refused as promised`() throws {
        let vectors = try RuntimeVectors.list("transitions")
        #expect(vectors.count == 81)
        for vector in vectors {
            let from = try #require(WorkflowStatus(rawValue: try vector.text("from")))
            let to = try #require(WorkflowStatus(rawValue: try vector.text("to")))
            #expect(from.canBecome(to) == (try vector.member("contract").boolValue), "\(from) to \(to)")
        }
    }

    @Test func `all 13 views show exactly the granted memory`() throws {
        var state = WorkflowState(workflowID: testID(1))
        state.memory = try #require(try RuntimeVectors.value("views_memory").objectValue)
        let vectors = try RuntimeVectors.list("views")
        #expect(vectors.count == 13)
        for vector in vectors {
            let keys = try [String](json: try vector.member("read_keys"))
            let view = StateView(state, readKeys: keys)
            #expect(.object(view.memory) == (try vector.member("memory")), "\(keys)")
        }
    }

    @Test func `nodes back off as observed`() throws {
        let vectors = try RuntimeVectors.list("node_backoff")
        #expect(vectors.count == 12)
        for vector in vectors {
            let policy = FailurePolicy(
                backoffStrategy: try BackoffStrategy(json: try vector.member("strategy")),
                initialBackoff: try Duration(json: try vector.member("initial_ms")),
                maxBackoff: try Duration(json: try vector.member("max_ms")))
            let attempt = try #require(vector["attempt"]?.intValue)
            #expect(
                policy.backoff(afterAttempt: attempt) == (try Duration(json: try vector.member("ms"))),
                "\(vector)")
        }
    }

    @Test func `jobs back off as observed`() throws {
        let vectors = try RuntimeVectors.list("queue_backoff")
        #expect(vectors.count == 6)
        for vector in vectors {
            let backoff = RetryBackoff(
                base: try Duration(json: try vector.member("base")),
                limit: try Duration(json: try vector.member("max")))
            let attempt = try #require(vector["attempt"]?.intValue)
            #expect(
                backoff.delay(afterAttempt: attempt) == (try Duration(json: try vector.member("ms"))),
                "\(vector)")
        }
    }

    @Test func `of 300 provenance entries the newest 256 stay`() throws {
        var entries: [String: LessonProvenanceEntry] = [:]
        for index in 0..<300 {
            let second = index % 50
            let digits = String(index)
            let key = "44444444-4444-4444-8444-" + String(repeating: "0", count: 12 - digits.count) + digits
            entries[key] = LessonProvenanceEntry(
                nodeID: "n", factIDs: ["f\(index % 7)"],
                retrievedAt: "2026-01-01T00:00:\(second < 10 ? "0" : "")\(second).000Z")
        }
        var state = WorkflowState(workflowID: testID(1))
        state.apply(.setStatus(.running, lessonProvenance: entries))
        let vector = try RuntimeVectors.value("provenance")
        let kept = try [String](json: try vector.member("kept_keys"))
        #expect(kept.count == 256)
        #expect(state.lessonProvenance.keys.sorted() == kept.sorted())
        // The facts were listed before the registry was trimmed.
        state.lessonProvenance = entries
        #expect(injectedFactIDs(in: state) == (try [String](json: try vector.member("injected_fact_ids"))))
    }
}
