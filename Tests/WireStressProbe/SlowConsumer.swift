import PostgresWire

/// Reads about a kilobyte a row and takes its time.
struct SlowConsumer {
    let url: String
    let count: Int

    func readRows() async throws {
        let connection = try await prepared()
        let baseline = ProcessMemory.now()
        var (rows, bytes, errors) = (0, 0, 0)
        let query: PostgresQuery = "SELECT generate_series(1, \(count)), repeat('x', 1000)"
        for try await row in try await connection.query(query) {
            rows += 1
            let (number, text) = try row.decode((Int, String).self)
            bytes += text.utf8.count
            if number != rows { errors += 1 }
            try await pause(after: rows)
        }
        report(baseline, rows, bytes, errors)
        connection.close()
    }

    func readCopy() async throws {
        let connection = try await prepared()
        let baseline = ProcessMemory.now()
        var (rows, bytes, errors) = (0, 0, 0)
        let source: PostgresQuery = "(SELECT generate_series(1, \(raw: "\(count)")), repeat('x', 1000))"
        for try await chunk in try await connection.copyOut(from: source) {
            let (lines, size) = chunk.withUnsafeBytes { bytes in
                (bytes.reduce(into: 0) { if $1 == 0x0a { $0 += 1 } }, bytes.count)
            }
            if size == 0 { errors += 1 }
            rows += lines
            bytes += size
            try await pause(after: rows)
        }
        report(baseline, rows, bytes, errors)
        connection.close()
    }

    /// A connection that has read some rows already, so that what is made once is part of the baseline.
    private func prepared() async throws -> PostgresConnection {
        let connection = try await PostgresConnection.connect(try PostgresConfiguration(url: url))
        for try await _ in try await connection.query("SELECT generate_series(1, 1000), repeat('x', 1000)") {}
        return connection
    }

    /// Long at first, while the server would fill every buffer there is; then a little now and then.
    private func pause(after rows: Int) async throws {
        if rows == 1 { try await Task.sleep(for: .milliseconds(1_000)) }
        if rows % 2_000 == 0 { try await Task.sleep(for: .milliseconds(2)) }
    }

    private func report(_ baseline: ProcessMemory, _ rows: Int, _ bytes: Int, _ errors: Int) {
        let now = ProcessMemory.now()
        WireStressProbe.say("rows \(rows)")
        WireStressProbe.say("bytes \(bytes)")
        WireStressProbe.say("errors \(errors)")
        WireStressProbe.say("baseline \(baseline.current)")
        WireStressProbe.say("peak \(now.peak)")
    }
}
