internal import PostgresProtocol

/// A file of connection parameters in sections, `[name]` before lines `keyword=value`.
///
/// Source: PostgreSQL 18 manual, "The Connection Service File".
package struct ServiceFile {
    private let lines: [String]

    package init(_ text: [UInt8]) throws(PostgresError) {
        guard let text = String(validating: text, as: UTF8.self), !text.utf8.contains(0) else {
            throw Self.invalid("is not UTF-8", line: nil)
        }
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            let isSpace: (Character) -> Bool = { " \t\r\u{b}\u{c}".contains($0) }
            var line = line.drop(while: isSpace)
            while let last = line.last, isSpace(last) { line = line.dropLast() }
            return String(line)
        }
    }

    /// The parameters of a service; nil if the file does not have it.
    ///
    /// The first of two equal keywords counts.
    package func values(of service: String) throws(PostgresError) -> [String: String]? {
        var values: [String: String]?
        for (index, line) in lines.enumerated() where !line.isEmpty && !line.hasPrefix("#") {
            if line.hasPrefix("[") {
                if values != nil { return values }
                if line.hasPrefix("[\(service)]") { values = [:] }
                continue
            }
            guard values != nil else { continue }
            let pair = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard pair.count == 2 else { throw Self.invalid("has a line without =", line: index + 1) }
            let name = String(pair[0])
            guard name != "service", name != "servicefile" else {
                throw Self.invalid("names a service within a service", line: index + 1)
            }
            guard ConnectionKeys.all.contains(name) else {
                throw Self.invalid("has an unknown keyword", line: index + 1)
            }
            if values?[name] == nil { values?[name] = String(pair[1]) }
        }
        return values
    }

    private static func invalid(_ reason: String, line: Int?) -> PostgresError {
        let place = line.map { " (line \($0))" } ?? ""
        return PostgresError(
            .invalidConfiguration, effect: .none, reason: "the service file \(reason)\(place)")
    }
}
