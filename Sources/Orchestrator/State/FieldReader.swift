package import JSONModel

/// Reads the known fields of a JSON object one by one; what nobody has read are the unknown ones.
package struct FieldReader {
    private let object: JSONObject
    private var known: [String] = []

    /// Opens an object; any other value is an error.
    package init(_ json: JSONValue) throws(WorkflowShapeError) {
        guard case .object(let object) = json else {
            throw WorkflowShapeError(problem: .expected("an object"))
        }
        self.object = object
    }

    /// Opens the members of an object.
    package init(_ object: JSONObject) {
        self.object = object
    }

    /// The members that nobody has read, in order.
    package var remaining: JSONObject {
        let names = Set(known)
        return JSONObject(object.lazy.filter { !names.contains($0.key) }.map { ($0.key, $0.value) })
    }

    /// Reads a field that must be there.
    package mutating func required<Value: JSONConvertible>(
        _ key: String, as type: Value.Type = Value.self
    ) throws(WorkflowShapeError) -> Value {
        guard let value = try optional(key, as: Value.self) else {
            throw WorkflowShapeError(path: key, problem: .missing)
        }
        return value
    }

    /// Reads a field that may be absent; JSON null counts as absent.
    package mutating func optional<Value: JSONConvertible>(
        _ key: String, as type: Value.Type = Value.self
    ) throws(WorkflowShapeError) -> Value? {
        known.append(key)
        guard let json = object[key], !json.isNull else { return nil }
        do {
            return try Value(json: json)
        } catch {
            throw error.inside(key)
        }
    }

    /// Reads a field that may be absent, and keeps JSON null as a value.
    package mutating func verbatim(_ key: String) -> JSONValue? {
        known.append(key)
        return object[key]
    }

    /// Reads a field that has a default; JSON null counts as absent.
    package mutating func value<Value: JSONConvertible>(
        _ key: String, default fallback: @autoclosure () -> Value
    ) throws(WorkflowShapeError) -> Value {
        try optional(key, as: Value.self) ?? fallback()
    }
}
