public import JSONModel

/// Configures a map node.
public struct MapConfig: Sendable, Hashable {
    /// The node that runs once per item; an agent or a tool.
    public var workerNodeID: String
    /// Where the items stand in the node's view, for example `$.memory.items`.
    public var itemsPath: String?
    /// The items themselves; they win over the path.
    public var staticItems: [JSONValue]?
    /// The node that sums the results up; only validation looks at it.
    public var synthesizerNodeID: String?
    /// What a failing item does.
    public var errorStrategy: MapErrorStrategy
    /// How many items run at once.
    ///
    /// 1 to 50.
    public var maxConcurrency: Int
    /// How many items there may be; more fail the node.
    ///
    /// 1 to 1,000.
    public var maxItems: Int
    /// How long one item may take.
    public var taskTimeout: Duration?
    /// JSON keys that this version does not know, verbatim.
    public var additionalFields: JSONObject = [:]

    /// Creates a configuration.
    public init(
        workerNodeID: String, itemsPath: String? = nil, staticItems: [JSONValue]? = nil,
        synthesizerNodeID: String? = nil, errorStrategy: MapErrorStrategy = .bestEffort,
        maxConcurrency: Int = 5, maxItems: Int = 1000, taskTimeout: Duration? = nil
    ) {
        self.workerNodeID = workerNodeID
        self.itemsPath = itemsPath
        self.staticItems = staticItems
        self.synthesizerNodeID = synthesizerNodeID
        self.errorStrategy = errorStrategy
        self.maxConcurrency = maxConcurrency
        self.maxItems = maxItems
        self.taskTimeout = taskTimeout
    }
}

extension MapConfig: JSONConvertible {
    package init(json: JSONValue) throws(WorkflowShapeError) {
        var fields = try FieldReader(json)
        self.init(
            workerNodeID: try fields.required("worker_node_id"),
            itemsPath: try fields.optional("items_path"),
            staticItems: try fields.optional("static_items"),
            synthesizerNodeID: try fields.optional("synthesizer_node_id"),
            errorStrategy: try fields.value("error_strategy", default: .bestEffort),
            maxConcurrency: try fields.value("max_concurrency", default: 5),
            maxItems: try fields.value("max_items", default: 1000),
            taskTimeout: try fields.optional("task_timeout_ms"))
        additionalFields = fields.remaining
    }

    package var json: JSONValue {
        var fields = FieldWriter(additionalFields)
        fields.write(workerNodeID, as: "worker_node_id")
        fields.write(itemsPath, as: "items_path")
        fields.write(staticItems, as: "static_items")
        fields.write(synthesizerNodeID, as: "synthesizer_node_id")
        fields.write(errorStrategy, as: "error_strategy")
        fields.write(maxConcurrency, as: "max_concurrency")
        fields.write(maxItems, as: "max_items")
        fields.write(taskTimeout, as: "task_timeout_ms")
        return fields.json
    }
}
