#if CLI
import FoundationEssentials
import JSONModel

/// A relation between two entities of the demo's knowledge graph.
struct DemoRelation: Sendable {
    var source: UUID
    var target: UUID
    var type: String

    init(json: JSONValue) throws(DemoDataError) {
        guard let source = json["source_id"]?.stringValue.flatMap({ UUID(uuidString: $0) }),
            let target = json["target_id"]?.stringValue.flatMap({ UUID(uuidString: $0) }),
            let type = json["relation_type"]?.stringValue
        else { throw .malformed("a relation needs source_id, target_id and relation_type") }
        self.source = source
        self.target = target
        self.type = type
    }
}
#endif
