internal import PostgresProtocol

/// Finding out whether a server is a primary.
extension ConnectionOpener {
    /// Takes it from what the server has reported, as PostgreSQL 14 and later do; else asks, as a pooler demands.
    func role(of opened: OpenedSession) throws(PostgresError) -> ServerRole {
        let parameters = opened.parameters
        if let standby = parameters["in_hot_standby"],
            let readOnly = parameters["default_transaction_read_only"]
        {
            return ServerRole(isStandby: standby == "on", isReadOnly: readOnly == "on")
        }
        let cells = try ask(
            "SELECT pg_catalog.pg_is_in_recovery(), pg_catalog.current_setting('transaction_read_only')",
            on: opened.socket)
        guard cells.count == 2 else { throw .noRole(place) }
        return ServerRole(isStandby: cells[0] == "t", isReadOnly: cells[1] == "on")
    }

    /// Sends one statement of the simple protocol and returns the cells of its last row.
    private func ask(_ sql: String, on socket: Socket) throws(PostgresError) -> [String] {
        var writer = ByteWriter(capacity: 256)
        writer.appendQuery(sql)
        if let code = try send(&writer, on: socket) { throw unreachable(code) }
        var input = InputBuffer()
        var cells: [String] = []
        while true {
            do {
                while let header = try FrameHeader.read(input.bytes, limit: 65_536) {
                    let end = FrameHeader.byteCount + header.bodyBytes
                    guard input.count >= end else { break }
                    defer { input.consume(end) }
                    if header.tag == .readyForQuery { return cells }
                    guard header.tag == .dataRow else { continue }
                    cells = try Self.cells(input.bytes.extracting(FrameHeader.byteCount..<end))
                }
            } catch {
                throw PostgresError.refused(.malformed(error), configuration)
            }
            try receive(into: &input, from: socket)
        }
    }

    private static func cells(_ body: RawSpan) throws(WireFault) -> [String] {
        var reader = ByteReader(body)
        var cells: [String] = []
        for _ in 0..<max(0, try reader.integer(Int16.self)) {
            let count = Int(try reader.integer(Int32.self))
            guard count >= 0 else {
                cells.append("")
                continue
            }
            cells.append(String(decoding: try reader.bytes(count: count).copiedBytes, as: UTF8.self))
        }
        try reader.finish()
        return cells
    }
}

extension PostgresError {
    fileprivate static func noRole(_ place: String) -> PostgresError {
        PostgresError(
            .connectionFailed, effect: .none,
            reason: "\(place) does not say whether it is a primary. Use target_session_attrs=any")
    }
}
