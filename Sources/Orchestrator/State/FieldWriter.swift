package import JSONModel

/// Collects the fields of a JSON object; an absent optional is left out, never written as null.
package struct FieldWriter {
    /// The fields so far.
    package private(set) var fields: JSONObject

    /// Starts with the unknown fields that were read, so that known ones win.
    package init(_ unknown: JSONObject = [:]) {
        fields = unknown
    }

    /// Writes a field.
    package mutating func write(_ value: some JSONConvertible, as key: String) {
        fields[key] = value.json
    }

    /// Writes a field if there is a value.
    package mutating func write(_ value: (some JSONConvertible)?, as key: String) {
        if let value { fields[key] = value.json }
    }

    /// The object.
    package var json: JSONValue { .object(fields) }
}
