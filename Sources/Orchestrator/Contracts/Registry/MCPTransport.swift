public import JSONModel

/// How an MCP server is reached.
///
/// Environments and headers often hold secrets, and so may arguments and addresses: neither the description
/// nor a mirror of a transport shows any of them.
public enum MCPTransport: Hashable, Sendable {
    /// A process on this machine that speaks over its standard streams.
    case stdio(command: MCPCommand, arguments: [String] = [], environment: [String: String]? = nil)
    /// A server that speaks HTTP.
    case http(url: String, headers: [String: String]? = nil)
    /// A server that sends its answers as an event stream.
    case sse(url: String, headers: [String: String]? = nil)

    /// The name of the kind on the wire.
    public var type: String {
        switch self {
        case .stdio: "stdio"
        case .http: "http"
        case .sse: "sse"
        }
    }
}

extension MCPTransport: JSONConvertible {
    /// Reads the wire form; the rules of `MCPServerPolicy` are not checked here.
    ///
    /// - Throws: `WorkflowShapeError`, also for a command that is not admitted.
    public init(json: JSONValue) throws(WorkflowShapeError) {
        var fields = try FieldReader(json)
        let type: String = try fields.required("type")
        switch type {
        case "stdio":
            self = .stdio(
                command: try fields.required("command"), arguments: try fields.value("args", default: []),
                environment: try fields.optional("env"))
        case "http":
            self = .http(url: try fields.required("url"), headers: try fields.optional("headers"))
        case "sse":
            self = .sse(url: try fields.required("url"), headers: try fields.optional("headers"))
        default: throw WorkflowShapeError(path: "type", problem: .expected("stdio, http or sse"))
        }
    }

    /// The wire form.
    public var json: JSONValue {
        var fields = FieldWriter()
        fields.write(type, as: "type")
        switch self {
        case .stdio(let command, let arguments, let environment):
            fields.write(command, as: "command")
            fields.write(arguments, as: "args")
            fields.write(environment, as: "env")
        case .http(let url, let headers), .sse(let url, let headers):
            fields.write(url, as: "url")
            fields.write(headers, as: "headers")
        }
        return fields.json
    }
}

extension MCPTransport: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The kind, and of a process the command.
    public var description: String {
        switch self {
        case .stdio(let command, _, _): "MCPTransport(stdio, \(command.rawValue))"
        case .http, .sse: "MCPTransport(\(type))"
        }
    }

    /// The same as the description.
    public var debugDescription: String { description }

    /// Shows the kind alone.
    public var customMirror: Mirror { Mirror(self, children: ["type": type]) }
}
