public import JSONModel

/// What a condition evaluates to: a JSON value, or undefined where a name leads nowhere.
public enum ConditionValue: Sendable {
    /// A name that leads nowhere.
    case undefined
    /// JSON null.
    case null
    /// A truth value.
    case bool(Bool)
    /// A number; may be infinite or NaN.
    case number(Double)
    /// A string.
    case string(String)
    /// An array of the state.
    case array([JSONValue])
    /// A list that the expression itself makes.
    case list([ConditionValue])
    /// An object of the state.
    case object(JSONObject)

    /// False for undefined, null, false, zero, NaN and the empty string; true for everything else.
    public var isTruthy: Bool {
        switch self {
        case .undefined, .null: false
        case .bool(let value): value
        case .number(let value): value != 0 && !value.isNaN
        case .string(let text): !text.isEmpty
        case .array, .list, .object: true
        }
    }

    init(_ json: JSONValue) {
        switch json {
        case .null: self = .null
        case .bool(let value): self = .bool(value)
        case .number(let number):
            self = .number(number.doubleValue ?? (number.literal.hasPrefix("-") ? -.infinity : .infinity))
        case .string(let text): self = .string(text)
        case .array(let elements): self = .array(elements)
        case .object(let object): self = .object(object)
        }
    }

    /// The elements of an array or list; nil for everything else.
    var elements: [ConditionValue]? {
        switch self {
        case .array(let elements): elements.map(ConditionValue.init)
        case .list(let elements): elements
        default: nil
        }
    }

    /// The kind, as `typeof` names it.
    var typeName: String {
        switch self {
        case .undefined: "undefined"
        case .null: "null"
        case .bool: "boolean"
        case .number: "number"
        case .string: "string"
        case .array, .list, .object: "object"
        }
    }

    /// The value that a path leads to: own members of objects and indices of arrays, else undefined.
    func value(at path: some Sequence<String>) -> ConditionValue {
        var value = self
        for segment in path {
            switch value {
            case .object(let object):
                guard let member = object[segment] else { return .undefined }
                value = ConditionValue(member)
            case .array(let elements):
                guard let index = Self.index(segment), index < elements.count else { return .undefined }
                value = ConditionValue(elements[index])
            case .list(let elements):
                guard let index = Self.index(segment), index < elements.count else { return .undefined }
                value = elements[index]
            default: return .undefined
            }
        }
        return value
    }

    private static func index(_ segment: String) -> Int? {
        guard let index = Int(segment), index >= 0, String(index) == segment else { return nil }
        return index
    }
}

extension ConditionValue: Hashable {
    /// Compares without conversions: same kind and same value; arrays and objects by their contents.
    public static func == (left: ConditionValue, right: ConditionValue) -> Bool {
        switch (left, right) {
        case (.undefined, .undefined), (.null, .null): true
        case (.bool(let left), .bool(let right)): left == right
        case (.number(let left), .number(let right)): left == right
        case (.string(let left), .string(let right)): left.utf8.elementsEqual(right.utf8)
        case (.array(let left), .array(let right)): left == right
        case (.object(let left), .object(let right)): left == right
        case (.array, .list), (.list, .array), (.list, .list): left.elements == right.elements
        default: false
        }
    }

    /// Feeds equal values equally to `hasher`, whether an array is the state's or the expression's.
    public func hash(into hasher: inout Hasher) {
        switch self {
        case .undefined: hasher.combine(0)
        case .null: hasher.combine(1)
        case .bool(let value): hasher.combine(value)
        case .number(let value): hasher.combine(value)
        case .string(let text): hasher.combine(text)
        case .array, .list:
            for element in elements ?? [] { element.hash(into: &hasher) }
        case .object(let object): hasher.combine(object)
        }
    }
}
