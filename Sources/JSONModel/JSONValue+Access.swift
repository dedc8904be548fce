extension JSONValue {
    /// Whether this is `null`.
    public var isNull: Bool { if case .null = self { true } else { false } }

    /// The string; nil if this is something else.
    public var stringValue: String? { if case .string(let text) = self { text } else { nil } }

    /// The truth value; nil if this is something else.
    public var boolValue: Bool? { if case .bool(let value) = self { value } else { nil } }

    /// The number; nil if this is something else.
    public var numberValue: JSONNumber? { if case .number(let number) = self { number } else { nil } }

    /// The number as an integer; nil if this is something else, has a fraction or does not fit.
    public var intValue: Int? { numberValue?.intValue }

    /// The nearest `Double` of the number; nil if this is something else or beyond the greatest.
    public var doubleValue: Double? { numberValue?.doubleValue }

    /// The elements; nil if this is not an array.
    public var arrayValue: [JSONValue]? { if case .array(let values) = self { values } else { nil } }

    /// The members; nil if this is not an object.
    public var objectValue: JSONObject? { if case .object(let object) = self { object } else { nil } }

    /// A member's value; nil if there is none or this is not an object.
    ///
    /// Setting nil removes the member, setting a member of `null` makes an object of it. To set a member of a value
    /// that is neither is a programming error and stops the program.
    public subscript(key: String) -> JSONValue? {
        get { if case .object(let object) = self { object[key] } else { nil } }
        set {
            switch self {
            case .object(var object):
                self = .null
                object[key] = newValue
                self = .object(object)
            case .null:
                guard let newValue else { return }
                self = .object([key: newValue])
            default: preconditionFailure("only an object has members")
            }
        }
    }

    /// An element; nil if there is none or this is not an array.
    public subscript(index: Int) -> JSONValue? {
        guard case .array(let values) = self, values.indices.contains(index) else { return nil }
        return values[index]
    }

    /// Makes a number.
    public static func number(_ value: some BinaryInteger) -> JSONValue { .number(JSONNumber(value)) }

    /// Makes a number; `null` for NaN and infinities, which JSON lacks.
    public static func number(_ value: Double) -> JSONValue { JSONNumber(value).map { .number($0) } ?? .null }
}
