#if CLI
import FoundationEssentials
import JSONModel

/// A question with its embedding and the exact answer.
struct DemoQuestion: Sendable {
    var text: String
    var embedding: [Float]
    /// The 20 facts with the greatest cosine similarity, best first.
    var exact: [UUID]
    /// The similarity of the best one.
    var bestSimilarity: Double

    init(json: JSONValue) throws(DemoDataError) {
        guard let text = json["text"]?.stringValue, let elements = json["embedding"]?.arrayValue,
            let top = json["top20"]?.arrayValue, let best = top.first?[1]?.doubleValue
        else { throw .malformed("a question needs text, embedding and top20") }
        self.text = text
        embedding = elements.compactMap(\.doubleValue).map { Float($0) }
        exact = top.compactMap { $0[0]?.stringValue.flatMap { UUID(uuidString: $0) } }
        bestSimilarity = best
        guard embedding.count == DemoData.dimensions, exact.count == top.count else {
            throw .malformed("a question has an embedding or an answer of the wrong size")
        }
    }
}
#endif
