import JSONModel

extension GraphNode {
    /// What the node's kind lets it change.
    var impliedWriteKeys: [String] {
        switch type {
        case .supervisor: return [Grant.controlFlow, Grant.status]
        case .approval: return [Grant.controlFlow]
        case .tool: return ["\(id)_result"]
        case .map: return ["\(id)_results", "\(id)_errors", "\(id)_count", "\(id)_error_count"]
        case .voting: return ["\(id)_consensus", "\(id)_votes"]
        case .synthesizer: return ["\(id)_synthesis"]
        case .verifier:
            let key = additionalFields["verifier_config"]?["result_key"]?.stringValue ?? "\(id)_verification"
            return [key, "\(key)_passed"]
        case .subgraph:
            let mapping = additionalFields["subgraph_config"]?["output_mapping"]?.objectValue ?? [:]
            return [Grant.controlFlow] + mapping.values.compactMap(\.stringValue)
        default: return []
        }
    }
}
