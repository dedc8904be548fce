#if CLI
import FoundationEssentials
import JSONModel

/// A fact of the demo's knowledge graph, and the entity that it is about.
struct DemoFact: Sendable {
    var id: UUID
    var name: String
    var synonyms: [String]
    var category: String
    var content: String

    init(json: JSONValue) throws(DemoDataError) {
        guard let id = json["id"]?.stringValue.flatMap({ UUID(uuidString: $0) }),
            let name = json["name"]?.stringValue, let category = json["category"]?.stringValue,
            let content = json["content"]?.stringValue, let synonyms = json["synonyms"]?.arrayValue
        else { throw .malformed("a fact needs id, name, synonyms, category and content") }
        self.id = id
        self.name = name
        self.synonyms = synonyms.compactMap(\.stringValue)
        self.category = category
        self.content = content
    }
}
#endif
