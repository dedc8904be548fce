import JSONModel
import Testing

@testable import Orchestrator

struct ConditionVectorTests {
    @Test func `all 136 expressions compile, evaluate and route as observed`() throws {
        let state = try WorkflowState(json: try RuntimeVectors.value("condition_state"))
        let vectors = try RuntimeVectors.list("conditions")
        #expect(vectors.count == 136)
        for vector in vectors {
            let text = try vector.text("expression")
            let outcome = Self.outcome(of: text, in: state)
            #expect(outcome == (try Self.expected(vector)), "\(text)")
            let graph = WorkflowGraph(
                name: "g", nodes: [.router("a"), .router("b")],
                edges: [GraphEdge(from: "a", to: "b", when: .when(text))],
                startNode: "a", endNodes: ["b"])
            let isTaken = GraphIndex(graph).route(from: "a", in: state).edge != nil
            #expect(isTaken == (try Self.isTaken(vector)), "\(text)")
        }
    }

    enum Outcome: Equatable {
        case value(ConditionValue)
        case compileError
        case evaluationError
    }

    private static func outcome(of text: String, in state: WorkflowState) -> Outcome {
        do {
            return .value(try ConditionExpression(text).value(in: state))
        } catch is ConditionSyntaxError {
            return .compileError
        } catch {
            return .evaluationError
        }
    }

    private static func expected(_ vector: JSONValue) throws -> Outcome {
        switch vector["contract"]?.stringValue {
        case "accept: value false, not taken"?: return .value(.bool(false))
        case "own data keys only: undefined, not taken"?: return .value(.undefined)
        case let other?: Issue.record("unknown deviation \(other)")
        case nil: break
        }
        switch try vector.text("kind") {
        case "compile_error": return .compileError
        case "evaluation_error": return .evaluationError
        default:
            let value = try vector.member("value")
            switch value.stringValue {
            case "[undefined]"?: return .value(.undefined)
            case "Infinity"?: return .value(.number(.infinity))
            default: return .value(ConditionValue(value))
            }
        }
    }

    private static func isTaken(_ vector: JSONValue) throws -> Bool {
        if vector["contract"] != nil { return false }
        return try vector.member("taken") == true
    }
}
