public import FoundationEssentials
public import JSONModel

/// What a node may see of a run: its identity and goal, and the part of memory that its read keys grant.
public struct StateView: Sendable, Equatable {
    /// The id of the graph.
    public var workflowID: UUID
    /// The id of the run.
    public var runID: UUID
    /// What the run is to achieve.
    public var goal: String
    /// Conditions that the result must meet.
    public var constraints: [String]
    /// The visible part of memory.
    public var memory: JSONObject
    /// Where the visible untrusted values came from.
    public var taint: [String: TaintMetadata]
    /// The item of a map node that is worked on: `map_item`, `map_index`, `map_total`.
    public var taskContext: JSONObject?

    /// Makes the view of a state for read keys.
    ///
    /// `*` grants every key that does not start with `_`. Otherwise exactly the listed keys that exist are visible;
    /// a dot goes into a nested object and keeps the nesting. A segment that starts with `_` grants nothing.
    ///
    /// - Parameters:
    ///   - state: The state; it is not changed.
    ///   - readKeys: The granted keys, see ``WorkflowGraph/effectiveReadKeys(of:)``.
    ///   - taskContext: The item of a map node, if there is one.
    public init(_ state: WorkflowState, readKeys: [String], taskContext: JSONObject? = nil) {
        workflowID = state.workflowID
        runID = state.runID
        goal = state.goal
        constraints = state.constraints
        memory = Self.visible(state.memory, readKeys)
        taint = [:]
        for (key, entry) in state.taintRegistry {
            let root =
                key.split(separator: ".", omittingEmptySubsequences: false).first.map(String.init) ?? key
            if memory[key] != nil || memory[root] != nil { taint[key] = entry }
        }
        self.taskContext = taskContext
    }

    /// The JSON form, which paths of map nodes are evaluated against.
    public var json: JSONValue {
        var fields = FieldWriter()
        fields.write(workflowID, as: "workflow_id")
        fields.write(runID, as: "run_id")
        fields.write(goal, as: "goal")
        fields.write(constraints, as: "constraints")
        fields.write(memory, as: "memory")
        if !taint.isEmpty { fields.write(taint, as: "taint") }
        fields.write(taskContext, as: "task_context")
        return fields.json
    }

    private static func visible(_ memory: JSONObject, _ readKeys: [String]) -> JSONObject {
        if readKeys.contains("*") {
            return JSONObject(memory.lazy.filter { !$0.key.hasPrefix("_") }.map { ($0.key, $0.value) })
        }
        var result: JSONObject = [:]
        for key in readKeys {
            let path = key.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
            if path.contains(where: { $0.hasPrefix("_") }) { continue }
            if let value = memory[key] {
                result[key] = value
            } else if path.count > 1, let value = pick(path[...], from: memory) {
                insert(value, at: path[...], into: &result)
            }
        }
        return result
    }

    private static func pick(_ path: ArraySlice<String>, from object: JSONObject) -> JSONValue? {
        guard let segment = path.first, let value = object[segment] else { return nil }
        if path.count == 1 { return value }
        guard case .object(let nested) = value else { return nil }
        return pick(path.dropFirst(), from: nested)
    }

    private static func insert(_ value: JSONValue, at path: ArraySlice<String>, into object: inout JSONObject)
    {
        guard let segment = path.first else { return }
        if path.count == 1 {
            object[segment] = value
            return
        }
        var nested = object[segment]?.objectValue ?? [:]
        insert(value, at: path.dropFirst(), into: &nested)
        object[segment] = .object(nested)
    }
}
