internal import PostgresProtocol

/// Takes the bytes of a `COPY … FROM STDIN`, in whatever pieces they come.
///
/// Bytes collect in a buffer of 64 KiB, which is sent when it is full; `write` then waits while more than 256 KiB have
/// not left. It belongs to the closure it was lent to.
public final class PostgresCopyByteWriter {
    private static let chunk = 65_536

    private let session: Session
    private let operation: Operation
    private var buffer = ByteWriter(capacity: PostgresCopyByteWriter.chunk + 64)
    private var position: Int

    /// How many bytes were written.
    public private(set) var byteCount = 0

    init(_ operation: Operation, on session: Session) {
        self.session = session
        self.operation = operation
        position = buffer.beginCopyData()
    }

    /// Writes bytes of the data; rows may be cut anywhere.
    ///
    /// - Throws: The server's error if it has refused what came before, `cancelled` if the task is cancelled. The COPY
    ///   is then over.
    public func write(bytes: some Collection<UInt8>) async throws(PostgresError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let part = rest.prefix(max(1, Self.chunk - buffer.count))
            buffer.append(uninitialized: part.count) { $0.copyBytes(from: part) }
            byteCount += part.count
            rest = rest.dropFirst(part.count)
            if buffer.count >= Self.chunk { try await flush() }
        }
    }

    /// Writes text of the data in UTF-8; rows may be cut anywhere.
    ///
    /// - Throws: As `write(bytes:)`.
    public func write(_ text: String) async throws(PostgresError) { try await write(bytes: text.utf8) }

    /// Ends the data.
    func finish() async throws(PostgresError) {
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
