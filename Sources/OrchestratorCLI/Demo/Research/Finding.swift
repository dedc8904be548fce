#if CLI
import FoundationEssentials
import JSONModel
import StoreContracts

/// What an item of the map found out about a candidate.
struct Finding: Sendable {
    var id: UUID
    var name: String
    var content: String
    /// How many relations of the knowledge graph the entity has.
    var relationCount: Int
    var similarity: Double

    var json: JSONValue {
        [
            "id": .string(id.text), "name": .string(name), "content": .string(content),
            "relation_count": .number(relationCount), "similarity": .number(similarity),
        ]
    }

    init(id: UUID, name: String, content: String, relationCount: Int, similarity: Double) {
        self.id = id
        self.name = name
        self.content = content
        self.relationCount = relationCount
        self.similarity = similarity
    }

    init?(json: JSONValue) {
        guard let id = json["id"]?.stringValue.flatMap({ UUID(uuidString: $0) }),
            let name = json["name"]?.stringValue, let content = json["content"]?.stringValue,
            let count = json["relation_count"]?.intValue, let similarity = json["similarity"]?.doubleValue
        else { return nil }
        self.init(id: id, name: name, content: content, relationCount: count, similarity: similarity)
    }

    /// The findings in the merged result of the map, best first.
    static func all(in results: JSONValue?) -> [Finding] {
        (results?.arrayValue ?? []).compactMap { $0["updates"]?["finding"] }.compactMap { Finding(json: $0) }
            .sorted { $0.similarity > $1.similarity }
    }
}
#endif
