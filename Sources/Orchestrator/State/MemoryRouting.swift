import FoundationEssentials
import JSONModel

/// The one way into `memory`: every channel that carries updates goes through it.
///
/// Keys that start with `_` never reach memory: the ones the runtime knows go to their fields, the others are dropped
/// and recorded. Updates are taken in the order of their keys, so that a store that reorders keys changes nothing.
struct MemoryRouting {
    /// Starts the keys that carry a child run's checkpoint.
    static let checkpointPrefix = "_subgraph_resume_"

    var nodeID: String
    var time: Date
    var limits: RuntimeLimits

    /// Merges `updates` into `state`.
    func merge(_ updates: JSONObject, into state: inout WorkflowState) {
        guard !updates.isEmpty else { return }
        let ordered = updates.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        var drops: [MemoryDrop] = []
        for (key, value) in ordered where key.hasPrefix("_") {
            if !routeSystemKey(key, value, into: &state) {
                drops.append(MemoryDrop(key: key, reason: .reservedKey, nodeID: nodeID, timestamp: time))
            }
        }
        for (key, value) in ordered where !key.hasPrefix("_") {
            let bytes = value.withJSONBytes { $0.count }
            if bytes > limits.maxMemoryValueBytes {
                drops.append(
                    MemoryDrop(key: key, reason: .oversized, bytes: bytes, nodeID: nodeID, timestamp: time))
            } else {
                state.memory[key] = value
            }
        }
        guard !drops.isEmpty else { return }
        state.memoryDrops.append(contentsOf: drops)
        state.memoryDrops.keepNewest(limits.maxMemoryDrops)
    }

    /// Routes a key of the runtime; false if it is none.
    ///
    /// A value of the wrong kind is ignored.
    private func routeSystemKey(_ key: String, _ value: JSONValue, into state: inout WorkflowState) -> Bool {
        switch key {
        case "_taint_registry":
            for (key, entry) in value.objectValue ?? [:] {
                guard let taint = try? TaintMetadata(json: entry) else { continue }
                state.taintRegistry[key] = taint
            }
        case "_lesson_provenance":
            var entries: [String: LessonProvenanceEntry] = [:]
            for (key, entry) in value.objectValue ?? [:] {
                entries[key] = try? LessonProvenanceEntry(json: entry)
            }
            state.mergeLessonProvenance(entries)
        case "_swarm_handoff_count":
            if let number = value.numberValue, let amount = number.doubleValue, amount >= 0 {
                state.swarmHandoffCount = Int(clamping: number)
            }
        default:
            guard key.hasPrefix(Self.checkpointPrefix) else { return false }
            let node = String(key.dropFirst(Self.checkpointPrefix.count))
            if value.isNull {
                state.subgraphCheckpoints.removeValue(forKey: node)
            } else {
                state.subgraphCheckpoints[node] = value
            }
        }
        return true
    }
}

extension Array {
    /// Drops the oldest elements above `count`.
    mutating func keepNewest(_ count: Int) {
        if self.count > count { removeFirst(self.count - Swift.max(0, count)) }
    }
}
