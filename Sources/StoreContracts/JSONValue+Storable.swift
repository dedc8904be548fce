package import JSONModel

extension JSONValue {
    /// This value with every U+0000, which `jsonb` cannot hold, replaced by U+FFFD; the value itself if it has none.
    package var storable: JSONValue { hasZero ? withoutZero : self }

    private var hasZero: Bool {
        switch self {
        case .null, .bool, .number: false
        case .string(let text): text.utf8.contains(0)
        case .array(let values): values.contains { $0.hasZero }
        case .object(let object): object.contains { $0.key.utf8.contains(0) || $0.value.hasZero }
        }
    }

    private var withoutZero: JSONValue {
        switch self {
        case .null, .bool, .number: self
        case .string(let text): .string(text.withoutZero)
        case .array(let values): .array(values.map(\.withoutZero))
        case .object(let object):
            .object(JSONObject(object.map { ($0.key.withoutZero, $0.value.withoutZero) }))
        }
    }
}

extension String {
    /// This text with every U+0000, which `text` cannot hold, replaced by U+FFFD.
    package var withoutZero: String {
        guard utf8.contains(0) else { return self }
        return String(String.UnicodeScalarView(unicodeScalars.map { $0 == "\0" ? "\u{FFFD}" : $0 }))
    }
}
