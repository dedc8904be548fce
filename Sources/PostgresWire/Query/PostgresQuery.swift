public import PostgresCodecs
package import PostgresProtocol

/// A statement and the values of its parameters.
///
/// Write it as a string: an interpolated value is bound as a parameter and never becomes part of the SQL.
///
///     let query: PostgresQuery = "SELECT name FROM users WHERE id = \(id) AND tags && \(tags)"
///
/// `\(identifier:)` quotes a name, `\(raw:)` inserts SQL that you trust, and another query is spliced in with its
/// parameters renumbered. Values are encoded when they are interpolated; a value that cannot be sent makes the call
/// that runs the query throw.
public struct PostgresQuery: ExpressibleByStringInterpolation, Sendable {
    /// The text with `$1`, `$2`, … for the parameters.
    public private(set) var sql: String

    /// Whether it is written as a statement that reads.
    var reads: Bool {
        let word = sql.utf8.drop { $0 == 0x20 || $0 == 0x28 || ($0 >= 0x09 && $0 <= 0x0d) }
            .prefix { $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7a }
        return ["select", "values", "table"].contains { keyword in
            word.count == keyword.utf8.count && zip(word, keyword.utf8).allSatisfy { $0 | 0x20 == $1 }
        }
    }
    private(set) var parameters: ParameterBuffer?
    /// How long the statement may take; nil leaves it to the connection's configuration.
    public var timeout: Duration?

    /// The form in which each column is asked for; all in binary form if this is empty.
    ///
    /// It holds for a statement that is run alone, and has as many elements as the result has columns.
    package var resultFormats: [PostgresFormat] = []

    /// The same statement with a deadline: when it passes the server is asked to stop, and the call throws `timedOut`.
    public func timeout(_ duration: Duration) -> PostgresQuery {
        var copy = self
        copy.timeout = duration
        return copy
    }

    /// Creates a statement without parameters.
    public init(stringLiteral value: String) { sql = value }

    /// Creates a statement from a string with interpolated values.
    public init(stringInterpolation: StringInterpolation) {
        sql = stringInterpolation.sql
        parameters = stringInterpolation.parameters
    }

    /// Creates a statement from SQL that holds `$1`, `$2`, … and a value for each.
    ///
    /// Such a query cannot be spliced into another one: where its placeholders stand is not known.
    public init(_ sql: String, _ parameters: [any PostgresEncodable] = []) {
        self.sql = sql
        guard !parameters.isEmpty else { return }
        let buffer = ParameterBuffer()
        for parameter in parameters { Self.append(parameter, to: buffer) }
        buffer.hasPlaces = false
        self.parameters = buffer
    }

    private static func append(_ value: some PostgresEncodable, to buffer: ParameterBuffer) {
        buffer.append(value, at: 0)
    }

    /// The same statement with these parameters in place of its own.
    func withParameters(_ parameters: ParameterBuffer) -> PostgresQuery {
        var copy = self
        copy.parameters = parameters
        return copy
    }

    /// Whether a type is named in the parameters whose number has to be looked up.
    var namesTypes: Bool { parameters.map { !$0.references.isEmpty } ?? false }

    /// How many parameters there are.
    public var parameterCount: Int { parameters?.count ?? 0 }

    /// Collects the pieces of an interpolated statement.
    public struct StringInterpolation: StringInterpolationProtocol, Sendable {
        var sql = ""
        var parameters: ParameterBuffer?

        /// Makes room for the pieces.
        public init(literalCapacity: Int, interpolationCount: Int) {
            sql.reserveCapacity(literalCapacity + interpolationCount * 3)
        }

        /// Appends SQL as it stands in the source.
        public mutating func appendLiteral(_ literal: String) { sql += literal }

        /// Binds a value as the next parameter.
        public mutating func appendInterpolation(_ value: some PostgresEncodable) { bind(value) }

        /// Binds a value or NULL as the next parameter: without this the compiler warns of an optional in a string.
        public mutating func appendInterpolation<Value: PostgresEncodable>(_ value: Value?) {
            bind(value)
        }

        private mutating func bind(_ value: some PostgresEncodable) {
            let buffer = parameters ?? ParameterBuffer()
            parameters = buffer
            let offset = sql.utf8.count
            buffer.append(value, at: offset)
            sql += "$"
            sql += String(buffer.count)
        }

        /// Inserts a name, quoted as an identifier.
        public mutating func appendInterpolation(identifier name: String) {
            sql += PostgresQuery.quoted(identifier: name)
        }

        /// Inserts SQL as it is.
        ///
        /// It must come from the program itself, never from outside.
        public mutating func appendInterpolation(raw text: String) { sql += text }

        /// Splices another query in, with its parameters.
        public mutating func appendInterpolation(_ query: PostgresQuery) {
            guard let other = query.parameters else {
                sql += query.sql
                return
            }
            let buffer = parameters ?? ParameterBuffer()
            parameters = buffer
            let spliced = query.renumbered(from: buffer.count)
            buffer.append(other, offsets: spliced.offsets, from: sql.utf8.count)
            sql += spliced.sql
        }
    }

    /// Quotes a name so that the server takes it as one identifier, whatever it holds.
    ///
    /// Source: PostgreSQL 18 manual, "Identifiers and Key Words".
    public static func quoted(identifier name: String) -> String {
        "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }

    /// The statement with its placeholders counted from `first` + 1, and where they stand then.
    private func renumbered(from first: Int) -> (sql: String, offsets: [Int]) {
        guard let parameters else { return (sql, []) }
        let bytes = Array(sql.utf8)
        var text = ""
        var offsets: [Int] = []
        var start = 0
        for (index, offset) in parameters.offsets.enumerated() {
            text += String(decoding: bytes[start..<offset], as: UTF8.self)
            offsets.append(text.utf8.count)
            text += "$\(first + index + 1)"
            start = offset + 1 + String(index + 1).utf8.count
        }
        text += String(decoding: bytes[start...], as: UTF8.self)
        return (text, offsets)
    }
}
