import FoundationEssentials
import JSONModel
import Testing

@testable import Orchestrator

struct ReducerVectorTests {
    @Test func `all 45 reducer cases change exactly the listed fields`() throws {
        let vectors = try RuntimeVectors.list("reducers")
        #expect(vectors.count == 45)
        for vector in vectors {
            let before = try Self.state(try vector.member("before"))
            let name = try vector.text("name")
            let changes = vector["contract"] == nil ? try vector.member("changes") : .object([:])
            let after = try Self.reduce(
                before, try vector.member("action"), isInternal: vector["internal"] == true)
            #expect(
                after.json.without(ownFields) == Self.merge(changes, into: before.json).without(ownFields),
                "\(name)")
        }
    }

    private static func state(_ before: JSONValue) throws -> WorkflowState {
        try WorkflowState(json: merge(before, into: try RuntimeVectors.value("base_state")))
    }

    private static func merge(_ changes: JSONValue, into json: JSONValue) -> JSONValue {
        var json = json
        for (key, value) in changes.objectValue ?? [:] {
            json[key] = value == "[absent]" ? Optional.none : value
        }
        return json
    }

    private static func reduce(
        _ state: WorkflowState, _ json: JSONValue, isInternal: Bool
    ) throws -> WorkflowState {
        if isInternal {
            let dispatch = try InternalDispatch(
                type: try json.text("type"), payload: try #require(json["payload"]?.objectValue))
            let time = try Date(json: try json.member("metadata").member("timestamp"))
            return state.reduced(by: dispatch, at: time)
        }
        var json = json
        if json["payload"]?["updates"]?["big"] == "[string of 1048576 x]" {
            json["payload"] = [
                "updates": ["big": .string(String(repeating: "x", count: 1_048_576)), "small": "y"]
            ]
        }
        return state.reduced(by: try WorkflowAction(json: json))
    }
}
