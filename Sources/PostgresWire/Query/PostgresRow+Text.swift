package import PostgresCodecs

extension PostgresRow {
    /// The text of each cell as the server would print it; nil for NULL.
    ///
    /// - Throws: `decoding` for a cell whose type `form` does not know in binary form, or whose bytes are not of its type.
    package func texts(_ form: PostgresTextForm) throws(PostgresError) -> [String?] {
        try storage.withBody(of: index) { body throws(PostgresError) -> [String?] in
            var cursor = CellCursor(body, columns: columns)
            var texts: [String?] = []
            texts.reserveCapacity(columns.count)
            for _ in 0..<columns.count { texts.append(try cursor.nextText(form)) }
            return texts
        }
    }
}
