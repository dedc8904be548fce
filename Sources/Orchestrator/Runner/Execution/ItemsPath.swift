import JSONModel

/// Where the items of a map are: `$`, then `.key` segments, then perhaps `[*]`.
struct ItemsPath {
    private let keys: [String]
    private let takesElements: Bool

    /// Reads a path; nil if it is none.
    init?(_ text: String) {
        var rest = Substring(text)
        guard rest.hasPrefix("$") else { return nil }
        rest.removeFirst()
        takesElements = rest.hasSuffix("[*]")
        if takesElements { rest.removeLast(3) }
        guard rest.isEmpty || rest.hasPrefix(".") else { return nil }
        keys =
            rest.isEmpty
            ? [] : rest.dropFirst().split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard keys.allSatisfy({ !$0.isEmpty && !$0.contains("[") && !$0.contains("]") }) else { return nil }
    }

    /// The items: the array at the path, or else the one value there; nil if the path leads nowhere.
    func items(in root: JSONValue) -> [JSONValue]? {
        var value = root
        for key in keys {
            guard let next = value[key] else { return nil }
            value = next
        }
        if let array = value.arrayValue { return array }
        return takesElements ? nil : [value]
    }
}
