internal import Locking
internal import PostgresProtocol

/// A binary COPY to the client, taken apart into rows.
final class CopyRowStream: Sendable {
    private let stream: CopyStream
    private let columns: RowColumns
    private let reader: Lock<CopyRowReader>

    init(_ stream: CopyStream, columns: RowColumns) {
        self.stream = stream
        self.columns = columns
        reader = Lock(CopyRowReader(columns: columns.count))
    }

    /// The rows that have arrived, perhaps none yet; nil after the last one.
    func nextBatch() async throws(PostgresError) -> PostgresRows? {
        let data = try await stream.nextData()
        do throws(CopyFault) {
            guard let data else {
                let counted = stream.command?.rows
                try reader.withLock { reader throws(CopyFault) in try reader.finish(counted: counted) }
                return nil
            }
            let rows = RowStorage(capacity: data.byteCount)
            try reader.withLock { reader throws(CopyFault) in
                try data.withBytes { bytes throws(CopyFault) in try reader.received(bytes, into: rows) }
            }
            return PostgresRows(storage: rows, columns: columns, command: CommandTag(text: ""))
        } catch {
            // A peer that has lost rows cannot be trusted with more; data in a wrong format are the COPY's own matter.
            if case .rowCount = error { stream.end() } else { stream.giveUp() }
            throw PostgresError.copy(error).at(stream.site)
        }
    }
}
