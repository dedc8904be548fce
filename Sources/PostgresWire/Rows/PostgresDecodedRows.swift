internal import PostgresCodecs

/// The rows of a statement as they arrive, each read as a `Decodable` value.
public struct PostgresDecodedRows<Value: Decodable>: AsyncSequence {
    /// One value a row.
    public typealias Element = Value

    let rows: PostgresRowSequence
    let naming: PostgresColumnNaming
    let site: CallSite

    /// Takes the values; a sequence has one reader.
    public func makeAsyncIterator() -> Iterator {
        Iterator(rows: rows.makeAsyncIterator(), naming: naming, site: site)
    }

    /// Takes the values in order.
    public struct Iterator: AsyncIteratorProtocol {
        private var rows: PostgresRowSequence.Iterator
        private let naming: PostgresColumnNaming
        private let site: CallSite
        private var plan: RowPlan?

        init(rows: PostgresRowSequence.Iterator, naming: PostgresColumnNaming, site: CallSite) {
            self.rows = rows
            self.naming = naming
            self.site = site
        }

        /// The next value; nil after the last one.
        public mutating func next(
            isolation actor: isolated (any Actor)? = #isolation
        ) async throws(PostgresError) -> Value? {
            guard let row = try await rows.next(isolation: actor) else { return nil }
            let plan = plan ?? RowPlan(row.columns, naming)
            self.plan = plan
            do throws(PostgresError) { return try plan.decode(Value.self, from: row) } catch {
                throw error.at(site)
            }
        }

        /// As `next(isolation:)`.
        public mutating func next() async throws(PostgresError) -> Value? {
            try await next(isolation: #isolation)
        }
    }
}

extension PostgresDecodedRows: Sendable where Value: Sendable {}

extension PostgresRowSequence {
    /// Reads each row as a `Decodable` value, by the names of the columns.
    ///
    ///     for try await user in try await connection.query("SELECT * FROM users").decode(User.self) { … }
    public func decode<Value: Decodable>(
        _ type: Value.Type, naming: PostgresColumnNaming = .exact, file: StaticString = #fileID,
        line: UInt = #line
    ) -> PostgresDecodedRows<Value> {
        PostgresDecodedRows(rows: self, naming: naming, site: CallSite(file: file, line: line))
    }
}
