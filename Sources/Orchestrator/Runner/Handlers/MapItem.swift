public import JSONModel

/// One item of a map, as its worker sees it.
public struct MapItem: Hashable, Sendable {
    /// The item.
    public var value: JSONValue
    /// Its place among the items, from 0.
    public var index: Int
    /// How many items there are.
    public var total: Int

    /// Creates an item.
    public init(value: JSONValue, index: Int, total: Int) {
        self.value = value
        self.index = index
        self.total = total
    }

    /// The keys that views of workers carry: `map_item`, `map_index`, `map_total`.
    public var taskContext: JSONObject {
        ["map_item": value, "map_index": .number(index), "map_total": .number(total)]
    }
}
