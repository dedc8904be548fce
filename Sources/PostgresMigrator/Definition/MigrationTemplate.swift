/// The placeholders of one template, found once.
package struct MigrationTemplate {
    private enum Piece {
        case text(Substring)
        case placeholder(Substring, name: String)
    }

    private var pieces: [Piece] = []

    /// Cuts the text at everything of the form `{{lower_case_name}}`.
    ///
    /// Array literals such as `{{1,2}}` are text.
    package init(_ sql: String) {
        var rest = sql[...]
        while let open = rest.firstRange(of: "{{") {
            let after = rest[open.upperBound...]
            let name = after.prefix { $0 == "_" || ("a"..."z").contains($0) }
            let close = after[name.endIndex...]
            if name.isEmpty || !close.hasPrefix("}}") {
                pieces.append(.text(rest[..<open.upperBound]))
                rest = after
            } else {
                let end = close.index(close.startIndex, offsetBy: 2)
                pieces.append(.text(rest[..<open.lowerBound]))
                pieces.append(.placeholder(rest[open.lowerBound..<end], name: String(name)))
                rest = rest[end...]
            }
        }
        pieces.append(.text(rest))
    }

    /// The names in use.
    package var names: Set<String> {
        var names: Set<String> = []
        for case .placeholder(_, let name) in pieces { names.insert(name) }
        return names
    }

    /// The SQL with every known placeholder replaced; unknown ones stay.
    package func rendered(_ parameters: [String: MigrationParameter]) -> String {
        var sql = ""
        for piece in pieces {
            switch piece {
            case .text(let text): sql += text
            case .placeholder(let whole, let name): sql += parameters[name]?.text ?? String(whole)
            }
        }
        return sql
    }
}
