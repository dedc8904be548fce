/// How a live schema differs from the one that migrations leave.
public struct CatalogComparison: Sendable, Hashable {
    /// An object that is defined in another way.
    public struct Change: Sendable, Hashable {
        /// As the migrations leave it.
        public let expected: CatalogEntry
        /// As it is.
        public let found: CatalogEntry

        /// Describes a change.
        public init(expected: CatalogEntry, found: CatalogEntry) {
            self.expected = expected
            self.found = found
        }
    }

    /// Objects that migrations leave and that are not there.
    public let missing: [CatalogEntry]
    /// Objects that are defined in another way.
    public let changed: [Change]
    /// Objects that no migration leaves: somebody's own, which is no fault.
    public let extra: [CatalogEntry]

    /// Whether everything that migrations leave is there unchanged.
    public var isMatch: Bool { missing.isEmpty && changed.isEmpty }

    /// Compares two snapshots by kind and name, in the order of `expected`.
    public init(expected: [CatalogEntry], found: [CatalogEntry]) {
        let live = Dictionary(found.map { (Self.key($0), $0) }, uniquingKeysWith: { first, _ in first })
        let wanted = Set(expected.map(Self.key))
        var missing: [CatalogEntry] = []
        var changed: [Change] = []
        for entry in expected {
            guard let other = live[Self.key(entry)] else {
                missing.append(entry)
                continue
            }
            if other.definition != entry.definition { changed.append(Change(expected: entry, found: other)) }
        }
        self.missing = missing
        self.changed = changed
        extra = found.filter { !wanted.contains(Self.key($0)) }
    }

    private static func key(_ entry: CatalogEntry) -> [String] { [entry.kind, entry.object] }
}

extension CatalogComparison: CustomStringConvertible {
    /// Names at most five objects of each list.
    public var description: String {
        let parts = [
            Self.list("missing", missing.map { "\($0.kind) \($0.object)" }),
            Self.list("changed", changed.map { "\($0.expected.kind) \($0.expected.object)" }),
        ]
        let text = parts.compactMap { $0 }.joined(separator: "; ")
        return text.isEmpty ? "no difference" : text
    }

    private static func list(_ title: String, _ names: [String]) -> String? {
        if names.isEmpty { return nil }
        let more = names.count > 5 ? " and \(names.count - 5) more" : ""
        return "\(title) \(names.prefix(5).joined(separator: ", "))\(more)"
    }
}
