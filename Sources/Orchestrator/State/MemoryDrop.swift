public import FoundationEssentials
package import JSONModel

/// Records a memory update that was refused.
public struct MemoryDrop: Sendable, Equatable {
    /// Says why an update was refused; the raw values are the wire names.
    public enum Reason: String, Sendable, Hashable, CaseIterable {
        /// The value's JSON text is longer than the limit.
        case oversized
        /// The value has no JSON text.
        case nonSerializable = "non_serializable"
        /// The key starts with `_` and is not one that the runtime knows.
        case reservedKey = "reserved_key"
    }

    /// The refused key.
    public var key: String
    /// Why it was refused.
    public var reason: Reason
    /// The size of the value's JSON text, for an oversized value.
    public var bytes: Int?
    /// The node whose action carried the update.
    public var nodeID: String?
    /// The time of the action.
    public var timestamp: Date

    /// Creates a record from its fields.
    public init(key: String, reason: Reason, bytes: Int? = nil, nodeID: String? = nil, timestamp: Date) {
        self.key = key
        self.reason = reason
        self.bytes = bytes
        self.nodeID = nodeID
        self.timestamp = timestamp.wholeMilliseconds
    }
}

extension MemoryDrop: JSONConvertible {
    package init(json: JSONValue) throws(WorkflowShapeError) {
        var fields = try FieldReader(json)
        key = try fields.required("key")
        reason = try fields.required("reason")
        bytes = try fields.optional("bytes")
        nodeID = try fields.optional("node_id")
        timestamp = try fields.required("timestamp")
    }

    package var json: JSONValue {
        var fields = FieldWriter()
        fields.write(key, as: "key")
        fields.write(reason, as: "reason")
        fields.write(bytes, as: "bytes")
        fields.write(nodeID, as: "node_id")
        fields.write(timestamp, as: "timestamp")
        return fields.json
    }
}

extension MemoryDrop.Reason: JSONConvertible {}
