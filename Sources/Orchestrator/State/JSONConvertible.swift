package import JSONModel

/// A value with an exact JSON form; the common way in and out of every wire type of this module.
package protocol JSONConvertible {
    /// Reads the value; throws what is missing or of the wrong kind, with its place.
    init(json: JSONValue) throws(WorkflowShapeError)

    /// The JSON form; reading it gives an equal value.
    var json: JSONValue { get }
}

extension JSONConvertible where Self: RawRepresentable & CaseIterable, RawValue == String {
    package init(json: JSONValue) throws(WorkflowShapeError) {
        guard case .string(let text) = json, let value = Self(rawValue: text) else {
            let names = Self.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")
            throw WorkflowShapeError(problem: .expected("one of \(names)"))
        }
        self = value
    }

    package var json: JSONValue { .string(rawValue) }
}

extension WorkflowStatus: JSONConvertible {}
extension WaitingReason: JSONConvertible {}

extension JSONValue: JSONConvertible {
    package init(json: JSONValue) throws(WorkflowShapeError) {
        self = json
    }

    package var json: JSONValue { self }
}

extension JSONObject: JSONConvertible {
    package init(json: JSONValue) throws(WorkflowShapeError) {
        guard case .object(let members) = json else {
            throw WorkflowShapeError(problem: .expected("an object"))
        }
        self = members
    }

    package var json: JSONValue { .object(self) }
}
