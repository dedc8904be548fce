internal import FoundationEssentials
internal import JSONModel
internal import Orchestrator
internal import PostgresWire
internal import StoreContracts

extension UsageRecord {
    /// The rows of a result with the columns `UsageSQL.columns`.
    ///
    /// - Throws: `corruptRecord` with the id of the record that cannot be read.
    static func read(_ rows: PostgresRows) throws(StoreError) -> [UsageRecord] {
        let tuples = try rows.stored(
            (UUID, UUID?, UUID?, UUID?, Int, Int, PostgresNumeric, JSONValue?, Int?, Date).self,
            in: "usage_records")
        var records: [UsageRecord] = []
        records.reserveCapacity(tuples.count)
        for row in tuples {
            let parts: [String: UsageBreakdown]?
            do {
                parts =
                    if let json = row.7, !json.isNull {
                        try [String: UsageBreakdown](json: json)
                    } else {
                        nil
                    }
            } catch {
                throw StoreError(
                    .corruptRecord(table: "usage_records", id: row.0.text), cause: error.description)
            }
            records.append(
                UsageRecord(
                    id: row.0, runID: row.1, apiKeyID: row.2, graphID: row.3, inputTokens: row.4,
                    outputTokens: row.5, cost: try USDAmount(stored: row.6, of: row.0.text),
                    modelBreakdown: parts, duration: row.8.map { .milliseconds($0) }, createdAt: row.9))
        }
        return records
    }
}

extension UsageTotals {
    /// The sums of a row: count, tokens in, tokens out, cost.
    init(_ count: Int, _ input: Int, _ output: Int, _ cost: PostgresNumeric) throws(StoreError) {
        self.init(
            count: count, inputTokens: input, outputTokens: output,
            cost: try USDAmount(stored: cost, of: "a sum"))
    }
}

extension USDAmount {
    /// A stored cost; the original may have stored NaN, which is no amount.
    ///
    /// - Throws: `corruptRecord`.
    fileprivate init(stored: PostgresNumeric, of id: String) throws(StoreError) {
        guard stored.isFinite, let amount = USDAmount(stored.description) else {
            throw StoreError(
                .corruptRecord(table: "usage_records", id: id), cause: "its cost is not a finite amount")
        }
        self = amount
    }
}
