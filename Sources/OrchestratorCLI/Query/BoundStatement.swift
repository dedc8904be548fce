#if CLI
import PostgresProtocol
import PostgresWire

/// A statement and the values of its parameters, as they stand on a command line.
struct BoundStatement: Sendable {
    var sql: String
    var parameters: [String]

    /// The statement for the client.
    var query: PostgresQuery { PostgresQuery(sql, parameters.map { UntypedParameter(text: $0) }) }

    /// Runs the statement and gives every row to `sink`; memory does not grow with the rows.
    func run(on connection: PostgresConnection, _ wire: WireForm, into sink: some RowSink) async throws {
        let start = ContinuousClock.now
        var query = query
        let description = try await connection.describe(query)
        guard description.parameterTypes.count == parameters.count else {
            throw wrongCount(wanted: description.parameterTypes.count)
        }
        let columns = description.columns.map { PostgresOID(rawValue: $0.typeOID) }
        let types = try await ResultTypes.load(for: columns, on: connection)
        query.resultFormats = columns.map { wire == .binary && types.form.knows($0) ? .binary : .text }
        var sink = sink
        sink.begin(
            zip(description.columns, columns).map { field, type in
                RowColumn(name: field.name, type: types.name(of: type), oid: type.rawValue)
            })
        let rows = try await connection.query(query)
        for try await row in rows {
            try Task.checkCancellation()
            try sink.take(try row.texts(types.form))
        }
        sink.end(rows.command ?? CommandTag(text: ""), ContinuousClock.now - start)
    }

    private func wrongCount(wanted: Int) -> CommandFailure {
        let given = Text.count(parameters.count, "value")
        return CommandFailure(
            .configuration,
            "The statement has \(Text.count(wanted, "parameter")), and \(given) came with --param",
            remedy: "Give --param once for each of $1, $2, …")
    }
}
#endif
