package import PostgresCodecs
package import PostgresProtocol

extension PostgresRows {
    /// Makes rows without a server: to measure what reading them costs.
    ///
    /// - Parameters:
    ///   - bodies: The bodies of DataRow messages; each is checked.
    ///   - types: The types of the columns, which are in binary form.
    /// - Throws: `WireFault` for a body that is none.
    package init(bodies: [[UInt8]], types: [PostgresOID]) throws(WireFault) {
        let storage = RowStorage(capacity: bodies.reduce(0) { $0 + $1.count })
        for body in bodies {
            try DataRow.check(body.span.bytes, columns: types.count)
            storage.append(body.span.bytes)
        }
        let fields = types.enumerated().map { index, type in
            FieldDescription(name: "column\(index + 1)", typeOID: type.rawValue, format: .binary)
        }
        self.init(
            storage: storage, columns: RowColumns(fields, format: .binary),
            command: CommandTag(text: "SELECT"))
    }
}
