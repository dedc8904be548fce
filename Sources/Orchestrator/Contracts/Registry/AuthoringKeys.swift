package import JSONModel

/// Turns the camelCase keys that people write into the snake_case keys of the wire.
package enum AuthoringKeys {
    /// Keys whose values belong to the user and are copied as they are.
    private static let verbatim: Set<String> = [
        "metadata", "weights", "input_mapping", "output_mapping", "static_items", "value", "provider_options",
        "memory", "env", "headers", "inputs", "outputs",
    ]

    /// Renames the keys of objects at every depth; keys that are snake_case already stay as they are.
    ///
    /// Where two keys become one, the one that is written in snake_case wins.
    package static func remap(_ json: JSONValue) -> JSONValue {
        switch json {
        case .array(let values): return .array(values.map(remap))
        case .object(let object):
            var renamed: JSONObject = [:]
            for (key, value) in object {
                let name = snakeCase(key)
                guard name == key || object[name] == nil else { continue }
                renamed[name] = verbatim.contains(name) ? value : remap(value)
            }
            return .object(renamed)
        case .null, .bool, .number, .string: return json
        }
    }

    /// Puts an underscore before every ASCII capital and makes it small: `maxSteps` becomes `max_steps`.
    package static func snakeCase(_ key: String) -> String {
        var name: [UInt8] = []
        name.reserveCapacity(key.utf8.count + 4)
        for byte in key.utf8 {
            if (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) {
                name.append(UInt8(ascii: "_"))
                name.append(byte | 0x20)
            } else {
                name.append(byte)
            }
        }
        return String(decoding: name, as: UTF8.self)
    }
}
