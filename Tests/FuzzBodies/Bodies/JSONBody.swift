import JSONModel

/// JSON texts: what was read and written is read again as the same.
enum JSONBody {
    static func complaint(_ bytes: [UInt8]) -> String? {
        guard let value = try? JSONValue(parsing: bytes) else { return nil }
        let written = value.jsonBytes()
        guard let again = try? JSONValue(parsing: written) else { return "what was written cannot be read" }
        guard again == value else { return "what was written means something else" }
        guard again.jsonBytes() == written else { return "what was written is written differently" }
        return value.hashValue == again.hashValue ? nil : "equal values have different hashes"
    }
}
