public import PostgresCodecs
internal import PostgresProtocol

/// Takes the rows of a `COPY … FROM STDIN` in binary format.
///
/// Rows collect in a buffer of 64 KiB, which is sent when it is full; `write` then waits while more than 256 KiB have
/// not left. It belongs to the closure it was lent to.
public final class PostgresCopyWriter {
    private static let chunk = 65_536

    private let session: Session
    private let operation: Operation
    private let columns: Int
    private var buffer = ByteWriter(capacity: PostgresCopyWriter.chunk + 4_096)
    private var position: Int

    /// How many rows were written.
    public private(set) var rowCount = 0

    init(_ operation: Operation, columns: Int, on session: Session) {
        self.session = session
        self.operation = operation
        self.columns = columns
        position = buffer.beginCopyData()
        // Signature, flags and the length of the header's extension, which is empty.
        for byte in [0x50, 0x47, 0x43, 0x4f, 0x50, 0x59, 0x0a, 0xff, 0x0d, 0x0a, 0x00] as [UInt8] {
            buffer.append(byte)
        }
        buffer.append(Int32(0))
        buffer.append(Int32(0))
    }

    /// Writes a row: one value for each column, of exactly the column's type (COPY converts nothing).
    ///
    /// A row that cannot be sent leaves nothing behind, so that the next one may be written all the same.
    ///
    /// - Throws: `encoding` for a value that cannot be sent or a row of 1 GiB or more, `unexpectedResult` for another
    ///   number of columns; or the server's error if it has refused an earlier row, and then the COPY is over.
    public func write<each Value: PostgresEncodable>(_ values: repeat each Value) async throws(PostgresError)
    {
        let start = buffer.count
        do throws(PostgresError) {
            try append(repeat each values)
        } catch {
            buffer.truncate(to: start)
            throw error
        }
        rowCount += 1
        if buffer.count >= Self.chunk { try await flush() }
    }

    private func append<each Value: PostgresEncodable>(_ values: repeat each Value) throws(PostgresError) {
        var width = 0
        buffer.append(Int16(truncatingIfNeeded: columns))
        for value in repeat each values {
            width += 1
            do { try value.encodeField(into: &buffer) } catch { throw .encoding(error, parameter: width) }
            guard buffer.count <= FrontendLimits.maximumMessageBytes else { throw .copyRowTooLarge }
        }
        if !buffer.references.isEmpty, let name = buffer.fillReferences(session.types.number) {
            throw .unknownInCopy(name)
        }
        guard width == columns else { throw .columnCount(columns, wanted: width) }
    }

    /// Ends the data.
    func finish() async throws(PostgresError) {
        buffer.append(Int16(-1))
        buffer.endMessage(at: position)
        buffer.appendCopyDone()
        try await session.send(copy: &buffer, for: operation, isLast: true)
    }

    private func flush() async throws(PostgresError) {
        buffer.endMessage(at: position)
        try await session.send(copy: &buffer, for: operation)
        position = buffer.beginCopyData()
    }
}
