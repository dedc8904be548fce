internal import PostgresWire
internal import StoreContracts

extension Page {
    /// How a list is ordered: by an instant, then by id.
    enum Order {
        case newestFirst
        case oldestFirst
    }

    /// The condition on the place of the page, to stand behind other conditions.
    func condition(on instant: String, _ order: Order) -> PostgresQuery {
        guard case .after(let cursor) = start else { return "" }
        let comparison = order == .newestFirst ? "<" : ">"
        return "AND (\(raw: instant), id) \(raw: comparison) (\(cursor.instant), \(cursor.id))"
    }

    /// The order and the bounds of the page, to end a statement.
    func end(by instant: String, _ order: Order) -> PostgresQuery {
        let direction = order == .newestFirst ? "DESC" : "ASC"
        var offset = 0
        if case .offset(let rows) = start { offset = rows }
        return """
            ORDER BY \(raw: instant) \(raw: direction), id \(raw: direction) LIMIT \(limit) OFFSET \(offset)
            """
    }
}
