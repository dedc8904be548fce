package import FoundationEssentials
package import JSONModel
package import StoreContracts

/// Reads the fields of a record's JSON one by one; unknown ones are ignored.
package struct RecordFields {
    private let object: JSONObject
    private let path: String

    /// Opens an object; any other value is an error.
    package init(_ json: JSONValue, path: String = "") throws(StoreError) {
        guard case .object(let object) = json else {
            throw Self.fault(path.isEmpty ? "record" : path, "it is not a JSON object")
        }
        self.object = object
        self.path = path
    }

    /// The members, as they are.
    package var members: JSONObject { object }

    /// The error about a field.
    package static func fault(_ field: String, _ cause: String) -> StoreError {
        StoreError(.invalidArgument(name: field), cause: cause)
    }

    /// The place of a field, from the outermost record.
    package func place(_ key: String) -> String { path.isEmpty ? key : path + "." + key }

    /// The value of a field; nil if it is absent or null.
    package func value(_ key: String) -> JSONValue? {
        guard let json = object[key], !json.isNull else { return nil }
        return json
    }

    /// Reads a field that may be absent.
    package func optional<Value>(
        _ key: String, _ kind: String, _ read: (JSONValue) -> Value?
    ) throws(StoreError) -> Value? {
        guard let json = value(key) else { return nil }
        guard let value = read(json) else { throw Self.fault(place(key), "it is not \(kind)") }
        return value
    }

    /// A value that must be there.
    package func required<Value>(_ value: Value?, _ key: String) throws(StoreError) -> Value {
        guard let value else { throw Self.fault(place(key), "it is missing") }
        return value
    }

    package func text(_ key: String) throws(StoreError) -> String? {
        try optional(key, "a string") { $0.stringValue }
    }

    package func double(_ key: String) throws(StoreError) -> Double? {
        try optional(key, "a number") { $0.doubleValue }
    }

    package func integer(_ key: String) throws(StoreError) -> Int? {
        try optional(key, "a whole number") { json in
            json.intValue ?? json.doubleValue.flatMap { Int(exactly: $0) }
        }
    }

    package func id(_ key: String) throws(StoreError) -> UUID? {
        try optional(key, "a UUID") { $0.stringValue.flatMap { UUID(text: $0) } }
    }

    package func choice<Value: RawRepresentable & CaseIterable>(
        _ key: String
    ) throws(StoreError) -> Value? where Value.RawValue == String {
        try optional(key, "one of the known words") { $0.stringValue.flatMap(Value.init(rawValue:)) }
    }

    package func ids(_ key: String) throws(StoreError) -> [UUID]? {
        try list(key, "a list of UUIDs") { $0.stringValue.flatMap { UUID(text: $0) } }
    }

    package func texts(_ key: String) throws(StoreError) -> [String]? {
        try list(key, "a list of strings") { $0.stringValue }
    }

    package func date(_ key: String) throws(StoreError) -> Date? {
        try optional(key, "an ISO 8601 instant or milliseconds since 1970") { Date(memoryJSON: $0) }
    }

    package func object(_ key: String) throws(StoreError) -> JSONObject? {
        try optional(key, "a JSON object") { $0.objectValue }
    }

    package func vector(_ key: String) throws(StoreError) -> [Float]? {
        try list(key, "a list of numbers") { $0.doubleValue.map { Float($0) } }
    }

    private func list<Element>(
        _ key: String, _ kind: String, _ read: (JSONValue) -> Element?
    ) throws(StoreError) -> [Element]? {
        try optional(key, kind) { json in
            guard let values = json.arrayValue else { return nil }
            let elements = values.compactMap(read)
            return elements.count == values.count ? elements : nil
        }
    }
}
