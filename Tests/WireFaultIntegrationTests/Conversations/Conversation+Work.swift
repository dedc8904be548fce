import PostgresProtocol
import PostgresWire

extension Conversation {
    /// Every conversation of the sweeps.
    static let all: [Conversation] = [
        select, parameters, serverError, bigRows, manyRows, stream, prepared, script, pipeline, batch, copyIn,
        copyOut, copyRows, listen, transaction, rolledBack,
    ]

    static let copyIn = Conversation("copy in", "2 2") { connection in
        try await connection.execute("CREATE TEMP TABLE t (id int8, name text)")
        let copied = try await connection.copyIn(into: "t", columns: ["id", "name"]) { writer in
            try await writer.write(1, "one")
            try await writer.write(2, "two")
        }
        return "\(copied) \(try await connection.one("SELECT count(*) FROM t", as: Int.self))"
    }

    static let copyOut = Conversation("copy out", "48") { connection in
        var bytes = 0
        let source: PostgresQuery = "(SELECT x, 'row ' || x FROM generate_series(1, 6) x)"
        for try await chunk in try await connection.copyOut(from: source) {
            bytes += chunk.withUnsafeBytes { $0.count }
        }
        return "\(bytes)"
    }

    static let copyRows = Conversation("copy rows", "6 21") { connection in
        var count = 0
        var sum = 0
        let source: PostgresQuery = "(SELECT x::int8 AS id FROM generate_series(1, 6) x)"
        for try await row in try await connection.copyOutRows(from: source) {
            count += 1
            sum += try row.decode(Int.self, at: 0)
        }
        return "\(count) \(sum)"
    }

    static let listen = Conversation("listen", "LISTEN NOTIFY SELECT 1") { connection in
        let tags = [
            try await connection.execute("LISTEN jobs"), try await connection.execute("NOTIFY jobs, 'go'"),
            try await connection.execute("SELECT 1"),
        ]
        return tags.map(\.text).joined(separator: " ")
    }

    static let transaction = Conversation("transaction", "2 inTransaction idle") { connection in
        try await connection.execute("CREATE TEMP TABLE t (id int)")
        let (count, status) = try await connection.withTransaction { connection in
            try await connection.execute("INSERT INTO t VALUES (1)")
            do {
                try await connection.withTransaction { connection in
                    try await connection.execute("INSERT INTO t VALUES (2)")
                    throw Undo()
                }
            } catch is Undo {}
            try await connection.execute("INSERT INTO t VALUES (3)")
            let count = try await connection.one("SELECT count(*) FROM t", as: Int.self)
            return (count, connection.transactionStatus)
        }
        return "\(count) \(status) \(connection.transactionStatus)"
    }

    static let rolledBack = Conversation("rolled back", "undone 0") { connection in
        try await connection.execute("CREATE TEMP TABLE t (id int)")
        do {
            try await connection.withTransaction { connection in
                try await connection.execute("INSERT INTO t VALUES (1)")
                throw Undo()
            }
            return "committed"
        } catch is Undo {
            return "undone \(try await connection.one("SELECT count(*) FROM t", as: Int.self))"
        }
    }

    private struct Undo: Error {}
}
