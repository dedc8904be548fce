internal import PostgresProtocol

/// Writes values that came in binary form as the text that the server would print for them.
///
/// One rule for each type, in `PostgresTextForm+Types.swift`. A type without a rule, or whose text depends on a
/// setting that ours does not follow, is not known: its values are to be asked for as text.
package struct PostgresTextForm: Sendable {
    /// What the session's settings are, as far as they change the text of values.
    package struct Settings: Sendable, Hashable {
        /// Whether `TimeZone` is UTC.
        package var isUTC = true
        /// Whether `DateStyle` is ISO.
        package var isISO = true
        /// Whether `IntervalStyle` is `postgres`.
        package var hasPostgresIntervals = true
        /// Whether `extra_float_digits` is 1 or more: the shortest digits that read back.
        package var hasShortestFloats = true
        /// Whether `bytea_output` is `hex`.
        package var hasHexadecimalBytes = true
        /// Whether `lc_monetary` writes dollars with two decimals.
        package var hasDollars = true

        /// The settings that a server has by itself.
        package init() {}
    }

    /// What a type of an extension or a user is, whose number says nothing.
    package enum UserType: Sendable, Hashable {
        /// Its binary form is its text: an enum, `citext`.
        case text
        /// Another name for a type.
        case domain(PostgresOID)
        /// An array whose elements have this type.
        case array(of: PostgresOID)
        /// A range with bounds of this type.
        case range(of: PostgresOID)
        /// A multirange with bounds of this type.
        case multirange(of: PostgresOID)
        /// A composite type whose fields have these types.
        case composite([PostgresOID])
        /// `ltree`, `lquery` or `ltxtquery`: the text follows a version byte.
        case labels
        /// `hstore`.
        case hstore
        /// `cube`.
        case cube
        /// pgvector's `vector`.
        case vector
        /// pgvector's `halfvec`.
        case halfVector
        /// pgvector's `sparsevec`.
        case sparseVector

        /// The types of extensions that are known by the name of the function that sends them.
        package init?(sendFunction name: String) {
            switch name {
            case "enum_send", "citextsend", "textsend", "varcharsend", "bpcharsend": self = .text
            case "vector_send": self = .vector
            case "halfvec_send": self = .halfVector
            case "sparsevec_send": self = .sparseVector
            case "ltree_send", "lquery_send", "ltxtq_send": self = .labels
            case "hstore_send": self = .hstore
            case "cube_send": self = .cube
            default: return nil
            }
        }
    }

    /// How the text of a type comes from its binary form.
    enum Rule {
        /// The bytes are the text.
        case text
        /// The text follows a version byte.
        case textAfterVersion
        /// The text is the description of a Swift type.
        case described(any (PostgresDecodable & CustomStringConvertible).Type)
        /// A function writes the text.
        case written(@Sendable (borrowing PostgresCell) throws(DecodingFault) -> String)
        /// An array whose elements have this type.
        case array(PostgresOID)
        /// A range with bounds of this type.
        case range(PostgresOID)
        /// A multirange with bounds of this type.
        case multirange(PostgresOID)
        /// A composite value, which names the types of its fields; those that the type is known to have.
        case record([PostgresOID])
        /// `int2vector` or `oidvector`: the elements with a space between them.
        case vector
    }

    let settings: Settings
    let userTypes: [PostgresOID: UserType]

    /// Writes under these settings, with these types of extensions and users.
    package init(settings: Settings = Settings(), userTypes: [PostgresOID: UserType] = [:]) {
        self.settings = settings
        self.userTypes = userTypes
    }

    /// Whether the text of values of `type` is known.
    package func knows(_ type: PostgresOID) -> Bool { knows(type, depth: 0) }

    /// The server's text for a value.
    ///
    /// - Throws: `typeMismatch` for a type that is not known, `malformed` for bytes that are not of the type.
    package func text(of cell: borrowing PostgresCell) throws(DecodingFault) -> String {
        try text(of: cell, depth: 0)
    }

    /// Types lie in one another this deep at most; a catalog that says otherwise is not believed.
    private static let maximumDepth = 32

    private func knows(_ type: PostgresOID, depth: Int) -> Bool {
        guard depth < Self.maximumDepth, let rule = rule(for: type) else { return false }
        switch rule {
        case .array(let part), .range(let part), .multirange(let part): return knows(part, depth: depth + 1)
        case .record(let fields): return fields.allSatisfy { knows($0, depth: depth + 1) }
        case .text, .textAfterVersion, .described, .written, .vector: return true
        }
    }

    func text(of cell: borrowing PostgresCell, depth: Int) throws(DecodingFault) -> String {
        guard depth < Self.maximumDepth else { throw .nestedTooDeep(limit: Self.maximumDepth) }
        guard cell.format == .binary else { return try cell.text() }
        switch rule(for: cell.type) {
        case .text: return try cell.text()
        case .textAfterVersion:
            let text = try cell.jsonText()
            return try PostgresCell(bytes: text, type: .text).text()
        case .described(let type): return try Self.description(of: cell, as: type)
        case .written(let write): return try write(cell)
        case .array: return try arrayText(of: cell, depth: depth)
        case .range(let bound):
            var reader = ByteReader(cell.bytes)
            return try rangeText(&reader, bound: bound, depth: depth)
        case .multirange(let bound): return try multirangeText(of: cell, bound: bound, depth: depth)
        case .record: return try recordText(of: cell, depth: depth)
        case .vector: return try vectorText(of: cell)
        case nil: throw .typeMismatch(cell.type, .binary)
        }
    }

    private func rule(for type: PostgresOID) -> Rule? {
        var type = type
        for _ in 0..<Self.maximumDepth {
            guard let userType = userTypes[type] else { return builtInRule(for: type) }
            guard case .domain(let base) = userType else { return Self.rule(for: userType) }
            type = base
        }
        return nil
    }

    private static func description<Value: PostgresDecodable & CustomStringConvertible>(
        of cell: borrowing PostgresCell, as type: Value.Type
    ) throws(DecodingFault) -> String {
        try Value(cell: cell).description
    }
}
