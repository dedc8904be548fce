/// The members of a JSON object: values by name, in the order in which they were added.
///
/// Finding a member costs a comparison with each name up to 12 members and one hash lookup above. Removing costs a
/// pass over the members. Two names are the same only if their Unicode scalars are.
public struct JSONObject: Sendable {
    /// One member of an object.
    public typealias Element = (key: String, value: JSONValue)

    var members: [Element] = []
    /// Where each name stands; kept only above `linearLimit` members.
    var index: [JSONKey: Int]?

    static let linearLimit = 12

    /// Creates an object without members.
    public init() {}

    /// Creates an object from pairs; of two pairs with one name the later wins.
    public init(_ pairs: some Sequence<(String, JSONValue)>) {
        for (key, value) in pairs { set(value, forKey: key) }
    }

    /// Creates an object from a dictionary, its members sorted by name.
    public init(_ dictionary: [String: JSONValue]) {
        let sorted = dictionary.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        for (key, value) in sorted { set(value, forKey: key) }
    }

    /// The value of a member; nil if there is none.
    ///
    /// Setting nil removes the member.
    public subscript(key: String) -> JSONValue? {
        get { position(of: key).map { members[$0].value } }
        set {
            if let newValue { set(newValue, forKey: key) } else { removeValue(forKey: key) }
        }
    }

    /// The value of a member, or `defaultValue` if there is none.
    public subscript(key: String, default defaultValue: @autoclosure () -> JSONValue) -> JSONValue {
        get { self[key] ?? defaultValue() }
        set { set(newValue, forKey: key) }
    }

    /// The names, in order.
    public var keys: [String] { members.map(\.key) }

    /// The values, in the order of the names.
    public var values: [JSONValue] { members.map(\.value) }

    /// The members as a dictionary; spellings of one name that Swift holds for equal are merged, the later wins.
    public var dictionary: [String: JSONValue] {
        Dictionary(members.map { ($0.key, $0.value) }, uniquingKeysWith: { $1 })
    }

    /// Removes a member and returns its value; nil if there was none.
    @discardableResult
    public mutating func removeValue(forKey key: String) -> JSONValue? {
        guard let position = position(of: key) else { return nil }
        let removed = members.remove(at: position).value
        if index != nil { rebuildIndex() }
        return removed
    }

    /// Adds the members of `other`; where both have one, that of `other` wins.
    public mutating func merge(_ other: JSONObject) {
        for (key, value) in other.members { set(value, forKey: key) }
    }

    /// Returns this object with the members of `other` added; where both have one, that of `other` wins.
    public func merging(_ other: JSONObject) -> JSONObject {
        var result = self
        result.merge(other)
        return result
    }

    mutating func set(_ value: JSONValue, forKey key: String) {
        if let position = position(of: key) {
            members[position].value = value
            return
        }
        members.append((key, value))
        if index != nil {
            index?[JSONKey(text: key)] = members.count - 1
        } else if members.count > Self.linearLimit {
            rebuildIndex()
        }
    }

    private func position(of key: String) -> Int? {
        if let index { return index[JSONKey(text: key)] }
        for position in members.indices where members[position].key.hasSameBytes(as: key) {
            return position
        }
        return nil
    }

    private mutating func rebuildIndex() {
        guard members.count > Self.linearLimit else {
            index = nil
            return
        }
        var index: [JSONKey: Int] = [:]
        index.reserveCapacity(members.count * 2)
        for (position, member) in members.enumerated() { index[JSONKey(text: member.key)] = position }
        self.index = index
    }
}

extension JSONObject: RandomAccessCollection {
    /// Always 0.
    public var startIndex: Int { 0 }
    /// How many members there are.
    public var endIndex: Int { members.count }
    /// The member at a position.
    public subscript(position: Int) -> Element { members[position] }
}

extension JSONObject: Hashable {
    /// Tells whether both have the same members, in whatever order.
    public static func == (left: JSONObject, right: JSONObject) -> Bool {
        guard left.count == right.count else { return false }
        for (position, member) in left.members.enumerated() {
            let other = right.members[position]
            // Members are mostly in the same order, and then no lookup is needed.
            if other.key.hasSameBytes(as: member.key) {
                guard other.value == member.value else { return false }
            } else {
                guard let value = right[member.key], value == member.value else { return false }
            }
        }
        return true
    }

    /// Feeds equal objects equally to `hasher`, whatever the order of their members.
    public func hash(into hasher: inout Hasher) {
        var sum = 0
        for (key, value) in members {
            var part = Hasher()
            part.combine(key)
            part.combine(value)
            sum &+= part.finalize()
        }
        hasher.combine(members.count)
        hasher.combine(sum)
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    /// Creates an object; of two members with one name the later wins.
    public init(dictionaryLiteral elements: (String, JSONValue)...) { self.init(elements) }
}

extension JSONObject: CustomStringConvertible {
    /// The compact JSON text.
    public var description: String { JSONValue.object(self).jsonText() }
}
