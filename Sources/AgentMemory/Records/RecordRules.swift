import JSONModel
import StoreContracts

/// The rules that every record is checked by before it is stored.
enum RecordRules {
    /// The greatest number of dimensions that pgvector stores.
    static let maximumDimensions = 16_000

    static func text(_ text: String, _ field: String, mayBeEmpty: Bool = false) throws(StoreError) {
        guard mayBeEmpty || !text.isEmpty else { throw RecordFields.fault(field, "it is empty") }
        guard !text.utf8.contains(0) else { throw RecordFields.fault(field, "it contains U+0000") }
    }

    static func texts(_ texts: [String], _ field: String) throws(StoreError) {
        for text in texts { try self.text(text, field, mayBeEmpty: true) }
    }

    static func json(_ object: JSONObject, _ field: String) throws(StoreError) {
        let value = JSONValue.object(object)
        guard value.storable == value else { throw RecordFields.fault(field, "it contains U+0000") }
    }

    static func share(_ value: Double?, _ field: String) throws(StoreError) {
        guard let value else { return }
        guard value >= 0, value <= 1 else { throw RecordFields.fault(field, "it does not lie in 0...1") }
    }

    static func vector(_ vector: [Float]?, _ field: String = "embedding") throws(StoreError) {
        guard let vector else { return }
        guard vector.count <= maximumDimensions else {
            throw RecordFields.fault(field, "it has more than 16,000 dimensions")
        }
        guard vector.allSatisfy(\.isFinite) else {
            throw RecordFields.fault(field, "it contains a number that is not finite")
        }
    }
}

extension [Float]? {
    /// An empty vector counts as none.
    var unlessEmpty: [Float]? { flatMap { $0.isEmpty ? nil : $0 } }
}

extension JSONObject {
    /// Writes a member if there is a value.
    mutating func write(_ value: JSONValue?, as key: String) {
        if let value { self[key] = value }
    }
}

extension JSONValue {
    static func vector(_ vector: [Float]?) -> JSONValue? {
        vector.map { .array($0.map { JSONNumber($0).map { .number($0) } ?? .null }) }
    }
}
