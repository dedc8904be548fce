package import PostgresCodecs

extension PostgresRow {
    /// The text of each cell as the server would print it; nil for NULL.
    ///
    /// - Throws: `decoding` for a cell whose type `form` does not know in binary form, or whose bytes are not of its type.
    package func texts(_ form: PostgresTextForm) throws(PostgresError) -> [String?] {
        var cursor = CellCursor(storage.body(of: index), columns.format)
        var texts: [String?] = []
        texts.reserveCapacity(columns.count)
        for column in 0..<columns.count {
            do throws(DecodingFault) {
                texts.append(
                    try cursor.nextText(columns.type(at: column), columns.format(at: column), form))
            } catch {
                throw columns.error(error, at: column, String.self)
            }
        }
        return texts
    }
}
