public import JSONModel
public import StoreContracts

/// Where an agent's tools come from.
public enum ToolSource: Hashable, Sendable {
    /// A tool that the engine brings.
    case builtin(BuiltinTool)
    /// The tools of an MCP server, all of them or the named ones.
    case mcp(serverID: String, toolNames: [String]? = nil)
    /// A tool that the program registered under this name.
    case custom(String)

    /// Whether a text can name a server or a tool: one or more ASCII letters, digits, `_` and `-`.
    public static func isIdentifier(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }

    /// Reads what people write: the stored form in snake_case or camelCase, or one of its short forms.
    ///
    /// A text is a built-in tool if it names one, else a custom tool; `{"mcp": id, "tools": [...]}` is an MCP
    /// server, without `tools` all of its tools. An object with a `name` and something to execute is a custom
    /// tool.
    ///
    /// - Throws: `invalidArgument` for anything else.
    public init(authored json: JSONValue) throws(StoreError) {
        do {
            self = try Self.read(authored: AuthoringKeys.remap(json))
        } catch {
            throw StoreError(.invalidArgument(name: "tools"), cause: error.description)
        }
    }

    private static func read(authored json: JSONValue) throws(WorkflowShapeError) -> ToolSource {
        if case .string(let name) = json {
            if let builtin = BuiltinTool(rawValue: name) { return .builtin(builtin) }
            return .custom(try checked(name, "the name of a tool"))
        }
        guard json["type"] == nil else { return try ToolSource(json: json) }
        var fields = try FieldReader(json)
        if let server: String = try fields.optional("mcp") {
            let short: [String]? = try fields.optional("tools")
            let long: [String]? = try fields.optional("tool_names")
            return .mcp(serverID: try checked(server, "the id of a server"), toolNames: short ?? long)
        }
        guard json["execute"] != nil || json["parameters"] != nil || json["input_schema"] != nil else {
            throw WorkflowShapeError(problem: .expected("the name of a tool or a tool source"))
        }
        return .custom(try checked(try fields.required("name"), "the name of a tool"))
    }

    private static func checked(_ text: String, _ what: String) throws(WorkflowShapeError) -> String {
        guard isIdentifier(text) else {
            throw WorkflowShapeError(
                problem: .expected("\(what), of letters, digits, underscores and hyphens"))
        }
        return text
    }
}

extension ToolSource: JSONConvertible {
    /// Reads the stored form.
    ///
    /// - Throws: `WorkflowShapeError` for an unknown type, an unknown built-in tool and an empty or illegal
    ///   name.
    public init(json: JSONValue) throws(WorkflowShapeError) {
        var fields = try FieldReader(json)
        let type: String = try fields.required("type")
        switch type {
        case "builtin": self = .builtin(try fields.required("name"))
        case "mcp":
            let server = try Self.member("server_id", of: &fields, "the id of a server")
            self = .mcp(serverID: server, toolNames: try fields.optional("tool_names"))
        case "custom": self = .custom(try Self.member("name", of: &fields, "the name of a tool"))
        default: throw WorkflowShapeError(path: "type", problem: .expected("builtin, mcp or custom"))
        }
    }

    private static func member(
        _ key: String, of fields: inout FieldReader, _ what: String
    ) throws(WorkflowShapeError) -> String {
        let text: String = try fields.required(key)
        do {
            return try checked(text, what)
        } catch {
            throw error.inside(key)
        }
    }

    /// The stored form.
    public var json: JSONValue {
        switch self {
        case .builtin(let tool): ["type": "builtin", "name": .string(tool.rawValue)]
        case .mcp(let server, nil): ["type": "mcp", "server_id": .string(server)]
        case .mcp(let server, let names?):
            ["type": "mcp", "server_id": .string(server), "tool_names": .array(names.map { .string($0) })]
        case .custom(let name): ["type": "custom", "name": .string(name)]
        }
    }

    /// Checks names that were not read from anywhere.
    ///
    /// - Throws: `invalidArgument`.
    package func validate() throws(StoreError) {
        do {
            _ = try ToolSource(json: json)
        } catch {
            throw StoreError(.invalidArgument(name: "tools"), cause: error.description)
        }
    }
}
