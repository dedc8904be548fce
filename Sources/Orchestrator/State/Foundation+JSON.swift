package import FoundationEssentials
package import JSONModel

extension UUID: JSONConvertible {
    package init(json: JSONValue) throws(WorkflowShapeError) {
        guard case .string(let text) = json, text.utf8.count == 36, let id = UUID(uuidString: text) else {
            throw WorkflowShapeError(problem: .expected("a UUID"))
        }
        self = id
    }

    package var json: JSONValue { .string(uuidString.lowercased()) }
}

extension Date: JSONConvertible {
    package init(json: JSONValue) throws(WorkflowShapeError) {
        switch json {
        case .string(let text):
            if let date = Date(wireText: text) {
                self = date
                return
            }
        case .number(let number):
            if let value = number.doubleValue, value.magnitude < 1e15 {
                self.init(millisecondsSince1970: Int64(value.rounded(.down)))
                return
            }
        default:
            break
        }
        throw WorkflowShapeError(problem: .expected("an ISO 8601 date or milliseconds since 1970"))
    }

    package var json: JSONValue { .string(wireText) }
}
