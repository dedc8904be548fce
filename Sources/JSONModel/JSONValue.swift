/// A JSON value: what a `jsonb` column, an event's payload or a tool's arguments hold.
///
/// Nothing is lost on the way through: unknown keys stay, numbers keep their exact text. Two values are equal if
/// they mean the same: objects whatever the order of their keys, numbers by value (`1` equals `1.0`), strings only
/// if their Unicode scalars are the same.
///
/// Source: RFC 8259.
public enum JSONValue: Sendable {
    /// The literal `null`.
    case null
    /// The literals `true` and `false`.
    case bool(Bool)
    /// A number with its exact decimal text.
    case number(JSONNumber)
    /// A string; it may contain U+0000, which `jsonb` refuses.
    case string(String)
    /// An ordered list of values.
    case array([JSONValue])
    /// Named values.
    case object(JSONObject)
}

extension JSONValue: Hashable {
    /// Compares by meaning; see the type.
    public static func == (left: JSONValue, right: JSONValue) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.bool(let left), .bool(let right)): left == right
        case (.number(let left), .number(let right)): left == right
        case (.string(let left), .string(let right)): left.hasSameBytes(as: right)
        case (.array(let left), .array(let right)): left == right
        case (.object(let left), .object(let right)): left == right
        default: false
        }
    }

    /// Feeds equal values equally to `hasher`.
    public func hash(into hasher: inout Hasher) {
        switch self {
        case .null: hasher.combine(0 as UInt8)
        case .bool(let value): hasher.combine(value)
        case .number(let value): hasher.combine(value)
        case .string(let value): hasher.combine(value)
        case .array(let values): hasher.combine(values)
        case .object(let object): hasher.combine(object)
        }
    }
}

extension JSONValue: CustomStringConvertible {
    /// The compact JSON text.
    public var description: String { jsonText() }
}

extension String {
    /// Compares scalar by scalar: `==` also holds for different spellings of one character, which JSON keeps apart.
    @inline(__always)
    func hasSameBytes(as other: String) -> Bool {
        guard utf8.count == other.utf8.count, self == other else { return false }
        return utf8.elementsEqual(other.utf8)
    }
}
