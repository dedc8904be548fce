#if CLI
import FoundationEssentials
import JSONModel
import StoreContracts

/// A fact that a search found.
struct Candidate: Sendable {
    var id: UUID
    var similarity: Double

    var json: JSONValue { ["id": .string(id.text), "similarity": .number(similarity)] }

    init(id: UUID, similarity: Double) {
        self.id = id
        self.similarity = similarity
    }

    init?(json: JSONValue) {
        guard let id = json["id"]?.stringValue.flatMap({ UUID(uuidString: $0) }),
            let similarity = json["similarity"]?.doubleValue
        else { return nil }
        self.init(id: id, similarity: similarity)
    }
}
#endif
