#if CLI
import JSONModel

/// The knowledge graph and the questions of the demo.
struct DemoData: Sendable {
    static let dimensions = 384

    var facts: [DemoFact]
    /// The embeddings of the facts, one after the other.
    var embeddings: [Float]
    var relations: [DemoRelation]
    var questions: [DemoQuestion]

    /// Reads the four files of a folder.
    init(folder: String) throws(DemoDataError) {
        func path(_ name: String) -> String { "\(folder)/\(name)" }
        let names = (
            facts: "wordnet-facts.ndjson.gz", relations: "wordnet-relations.ndjson.gz",
            embeddings: "wordnet-embeddings-384.f16le.gz", questions: "wordnet-queries.ndjson.gz"
        )
        facts = try Self.lines(path(names.facts), name: names.facts) { json throws(DemoDataError) in
            try DemoFact(json: json)
        }
        relations = try Self.lines(path(names.relations), name: names.relations) {
            json throws(DemoDataError) in
            try DemoRelation(json: json)
        }
        questions = try Self.lines(path(names.questions), name: names.questions) {
            json throws(DemoDataError) in
            try DemoQuestion(json: json)
        }
        let halves = try GzipFile.bytes(path(names.embeddings), name: names.embeddings)
        guard halves.count == facts.count * Self.dimensions * 2, !questions.isEmpty else {
            throw .malformed("there is not one embedding for each fact, or there is no question")
        }
        embeddings = stride(from: 0, to: halves.count, by: 2).map { index in
            Self.float(UInt16(halves[index]) | UInt16(halves[index + 1]) << 8)
        }
    }

    /// The embedding of a fact by its place.
    func embedding(_ index: Int) -> [Float] {
        Array(embeddings[(index * Self.dimensions)..<((index + 1) * Self.dimensions)])
    }

    private static func lines<Element>(
        _ path: String, name: String, _ make: (JSONValue) throws(DemoDataError) -> Element
    ) throws(DemoDataError) -> [Element] {
        let bytes = try GzipFile.bytes(path, name: name)
        var elements: [Element] = []
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            let json: JSONValue
            do {
                json = try JSONValue(parsing: Array(line))
            } catch {
                throw .malformed("\(name) is not one JSON value a line")
            }
            elements.append(try make(json))
        }
        return elements
    }

    /// The number that 16 bits stand for.
    ///
    /// Source: IEEE 754-2019, binary16.
    static func float(_ bits: UInt16) -> Float {
        let sign: Float = bits & 0x8000 == 0 ? 1 : -1
        let exponent = Int(bits >> 10) & 0x1F
        let fraction = Float(bits & 0x3FF)
        guard exponent > 0 else { return sign * fraction * 0x1p-24 }
        return sign * Float(sign: .plus, exponent: exponent - 15, significand: 1 + fraction * 0x1p-10)
    }
}
#endif
