import StoreContracts

extension Page {
    /// This part of the rows, newest first, then by id descending.
    func select<Row>(from rows: [Row], by cursor: (Row) -> PageCursor) -> [Row] {
        select(from: rows, by: cursor) { $1.precedes($0) }
    }

    /// This part of the rows, oldest first, then by id.
    func selectOldestFirst<Row>(from rows: [Row], by cursor: (Row) -> PageCursor) -> [Row] {
        select(from: rows, by: cursor) { $0.precedes($1) }
    }

    private func select<Row>(
        from rows: [Row], by cursor: (Row) -> PageCursor, order: (PageCursor, PageCursor) -> Bool
    ) -> [Row] {
        let sorted = rows.map { (row: $0, cursor: cursor($0)) }.sorted { order($0.cursor, $1.cursor) }
        switch start {
        case .offset(let offset):
            return sorted.dropFirst(offset).prefix(limit).map(\.row)
        case .after(let place):
            return sorted.drop { !order(place, $0.cursor) }.prefix(limit).map(\.row)
        }
    }
}

extension PageCursor {
    fileprivate func precedes(_ other: PageCursor) -> Bool {
        if instant != other.instant { return instant < other.instant }
        return id.text < other.id.text
    }
}

extension RunFilter {
    /// Whether the run passes.
    func admits(_ run: WorkflowRunRecord) -> Bool {
        if let status, run.statusText != status.rawValue { return false }
        if let graphID, run.graphID != graphID { return false }
        if let kind, run.lineage.kind != kind { return false }
        if let parentRunID, run.lineage.parentRunID != parentRunID { return false }
        if let forkGroupID, run.lineage.forkGroupID != forkGroupID { return false }
        return true
    }
}
