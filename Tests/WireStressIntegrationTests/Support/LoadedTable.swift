import PostgresWire

/// A table that is used in every way while it is changed.
enum LoadedTable {
    enum Use: String, CaseIterable, Sendable {
        case collect
        case optional
        case batch
        case pipeline
        case stream
        case copyOut
        case transaction
        case insert
    }

    /// A row was not what it must be.
    struct WrongRow: Error {
        let use: Use
        let row: String
    }

    static func make(_ client: PostgresClient) async throws {
        _ = try await client.script(
            """
            CREATE TABLE loaded (id int4 PRIMARY KEY, amount int4 NOT NULL, note text NOT NULL DEFAULT 'n');
            INSERT INTO loaded SELECT i, i * 10 FROM generate_series(1, 50) i;
            CREATE INDEX loaded_amount ON loaded (amount);
            CREATE TABLE logged (id int8 GENERATED ALWAYS AS IDENTITY, amount int8 NOT NULL);
            CREATE VIEW doubled AS SELECT id, amount * 2 AS twice FROM loaded WHERE false;
            """)
    }

    /// What a migration does, in steps, so often.
    static func changes(times: Int) -> [String] {
        (1...times).flatMap { round in
            [
                "ALTER TABLE loaded ADD COLUMN extra\(round) text NOT NULL DEFAULT 'x'",
                "DROP VIEW doubled; ALTER TABLE loaded ALTER COLUMN amount TYPE int8",
                "DROP INDEX loaded_amount",
                "CREATE INDEX loaded_amount ON loaded (amount)",
                "ALTER TABLE loaded DROP COLUMN extra\(round)",
                "ALTER TABLE loaded ALTER COLUMN amount TYPE int4; CREATE VIEW doubled AS SELECT 1",
                "ALTER TABLE logged ADD COLUMN extra\(round) int4",
            ]
        }
    }

    /// Uses the table until `isOver`; returns how often.
    static func run(
        _ use: Use, on client: PostgresClient, until isOver: @Sendable () -> Bool
    ) async throws -> [String: Int] {
        var count = 0
        while !isOver() {
            let id = count % 50 + 1
            for row in try await rows(use, id, on: client) where row != (id, id * 10) {
                throw WrongRow(use: use, row: "\(row), not \(id)")
            }
            count += 1
        }
        return [use.rawValue: count]
    }

    private static func query(_ id: Int) -> PostgresQuery { "SELECT * FROM loaded WHERE id = \(Int32(id))" }

    private static func pair(_ row: PostgresRow) throws -> (Int, Int) {
        (try row.decode(Int.self, named: "id"), try row.decode(Int.self, named: "amount"))
    }

    private static func rows(
        _ use: Use, _ id: Int, on client: PostgresClient
    ) async throws -> [(Int, Int)] {
        switch use {
        case .collect: return try await client.collect(query(id)).map(pair)
        case .optional:
            let row = try await client.optional(
                "SELECT id, amount FROM loaded WHERE id = \(Int32(id))", as: (Int, Int).self)
            return row.map { [$0] } ?? []
        case .batch: return try await client.batch([query(id), query(id)]).flatMap { try $0.map(pair) }
        case .pipeline:
            return try await client.pipeline([query(id), "SELECT 1", query(id)]).enumerated()
                .filter { $0.offset != 1 }.flatMap { try $0.element.get().map(pair) }
        case .stream:
            return try await client.withConnection { connection in
                var found: [(Int, Int)] = []
                for try await row in try await connection.query(query(id)) { found.append(try pair(row)) }
                return found
            }
        case .copyOut:
            return try await client.withConnection { connection in
                var found: [(Int, Int)] = []
                let source: PostgresQuery = "(SELECT * FROM loaded WHERE id = \(raw: "\(id)"))"
                for try await row in try await connection.copyOutRows(from: source) {
                    found.append(try pair(row))
                }
                return found
            }
        case .transaction:
            return try await client.withTransaction { connection in
                let first = try await connection.one(
                    "SELECT id, amount::int8 FROM loaded WHERE id = \(Int32(id))", as: (Int, Int).self)
                try await connection.execute("INSERT INTO logged (amount) VALUES (\(first.1))")
                return [first]
            }
        case .insert:
            try await client.execute("INSERT INTO logged (amount) VALUES (\(id * 10))")
            return []
        }
    }
}
