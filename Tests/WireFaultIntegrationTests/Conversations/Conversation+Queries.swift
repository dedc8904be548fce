import PostgresProtocol
import PostgresWire

extension Conversation {
    static let select = Conversation("select", "1 zwei nil") { connection in
        let row = try await connection.one(
            "SELECT 1 AS one, 'zwei'::text AS two, NULL::text AS three", as: (Int32, String, String?).self)
        return "\(row.0) \(row.1) \(row.2 ?? "nil")"
    }

    static let parameters = Conversation("parameters", "42 naïve 3 true") { connection in
        let row = try await connection.one(
            "SELECT \(Int64(42)), \("naïve")::text, length(\([0, 1, 255] as [UInt8])), \(true)",
            as: (Int64, String, Int32, Bool).self)
        return "\(row.0) \(row.1) \(row.2) \(row.3)"
    }

    static let serverError = Conversation("error", "22012 2") { connection in
        var code = ""
        do {
            _ = try await connection.collect("SELECT 6 / (3 - x) FROM generate_series(1, 5) x")
        } catch let error as PostgresError where error.code == .server {
            code = error.sqlState ?? ""
        }
        return "\(code) \(try await connection.one("SELECT 2", as: Int32.self))"
    }

    static let bigRows = Conversation("big rows", "3 2400") { connection in
        let texts = try await connection.collect(
            "SELECT repeat(x::text, 800) FROM generate_series(1, 3) x", as: String.self)
        return "\(texts.count) \(texts.reduce(0) { $0 + $1.utf8.count })"
    }

    static let manyRows = Conversation("many rows", "60 1830") { connection in
        let numbers = try await connection.collect(
            "SELECT x::int8 FROM generate_series(1, 60) x", as: Int.self)
        return "\(numbers.count) \(numbers.reduce(0, +))"
    }

    static let stream = Conversation("stream", "40 820") { connection in
        var count = 0
        var sum = 0
        for try await row in try await connection.query("SELECT x::int8 FROM generate_series(1, 40) x") {
            count += 1
            sum += try row.decode(Int.self, at: 0)
        }
        return "\(count) \(sum)"
    }

    static let prepared = Conversation("prepared", "11 21 31") { connection in
        var answers: [Int64] = []
        for value in [1, 2, 3] as [Int64] {
            answers.append(try await connection.one("SELECT \(value) * 10 + 1", as: Int64.self))
        }
        return answers.map(String.init).joined(separator: " ")
    }

    static let script = Conversation("script", "5 2 3") { connection in
        let results = try await connection.script(
            "CREATE TEMP TABLE t (id int); INSERT INTO t VALUES (1), (2); SELECT id FROM t ORDER BY id; "
                + "UPDATE t SET id = id + 1; SELECT max(id) FROM t")
        let highest = try results.last?.first?.decode(Int32.self, at: 0) ?? 0
        return "\(results.count) \(results[2].count) \(highest)"
    }

    static let pipeline = Conversation("pipeline", "1 22012 3") { connection in
        let results = try await connection.pipeline(["SELECT 1", "SELECT 1 / 0", "SELECT 3"])
        let answers = try results.map { result in
            switch result {
            case .success(let rows): String(try rows[0].decode(Int32.self, at: 0))
            case .failure(let error) where error.code == .server: error.sqlState ?? ""
            case .failure(let error): throw error
            }
        }
        return answers.joined(separator: " ")
    }

    static let batch = Conversation("batch", "INSERT 0 1, INSERT 0 1, SELECT 1: 2") { connection in
        try await connection.execute("CREATE TEMP TABLE t (id int PRIMARY KEY)")
        let results = try await connection.batch([
            "INSERT INTO t VALUES (\(Int32(7)))", "INSERT INTO t VALUES (\(Int32(8)))",
            "SELECT count(*) FROM t",
        ])
        let tags = results.map(\.command.text).joined(separator: ", ")
        return "\(tags): \(try results[2][0].decode(Int.self, at: 0))"
    }
}
