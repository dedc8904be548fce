public import PostgresProtocol

/// Which transactions a statement sees: PostgreSQL's `pg_snapshot`.
///
/// Source: PostgreSQL 18 manual, "Transaction ID and Snapshot Information Functions".
public struct PostgresSnapshot: Hashable, Sendable {
    /// The oldest transaction that was still running; all before it are over.
    public let minimum: PostgresFullTransactionID
    /// One past the newest transaction that was over; it and all after it are not seen.
    public let maximum: PostgresFullTransactionID
    /// The transactions between the two that were running, ascending.
    public let running: [PostgresFullTransactionID]

    /// The greatest number that the server takes for a transaction.
    private static let greatest: UInt64 = 1 << 63 - 1

    /// Describes a snapshot; nil unless the running transactions ascend and lie between the two bounds.
    public init?(
        minimum: PostgresFullTransactionID, maximum: PostgresFullTransactionID,
        running: [PostgresFullTransactionID]
    ) {
        guard 0 < minimum.rawValue, minimum.rawValue <= maximum.rawValue, maximum.rawValue <= Self.greatest
        else { return nil }
        var last: UInt64 = 0
        for number in running.map(\.rawValue) {
            guard number > last, minimum.rawValue <= number, number < maximum.rawValue else { return nil }
            last = number
        }
        self.minimum = minimum
        self.maximum = maximum
        self.running = running
    }

    /// Whether the snapshot sees what the transaction has committed.
    public func sees(_ transaction: PostgresFullTransactionID) -> Bool {
        transaction.rawValue < minimum.rawValue
            || transaction.rawValue < maximum.rawValue && !running.contains(transaction)
    }
}

extension PostgresSnapshot: PostgresExactType {
    /// `pg_snapshot`.
    public static var postgresType: PostgresOID { .pgSnapshot }

    /// Takes `pg_snapshot` and its older name `txid_snapshot`.
    public static func accepts(_ type: PostgresOID, _ format: PostgresFormat) -> Bool {
        type == .pgSnapshot || type == .txidSnapshot
    }

    /// The server's text: `10:20:10,14,15`.
    public var description: String {
        "\(minimum):\(maximum):" + running.map(\.description).joined(separator: ",")
    }

    /// Reads the server's text; nil for anything else.
    public init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 3, let minimum = PostgresFullTransactionID(String(parts[0])),
            let maximum = PostgresFullTransactionID(String(parts[1]))
        else { return nil }
        let written = parts[2].split(separator: ",", omittingEmptySubsequences: false)
        let running = parts[2].isEmpty ? [] : written.map { PostgresFullTransactionID(String($0)) }
        let known = running.compactMap { $0 }
        guard known.count == running.count else { return nil }
        self.init(minimum: minimum, maximum: maximum, running: known)
    }

    /// Appends the count, both bounds and the running transactions.
    public func encode(into writer: inout ByteWriter) throws(EncodingFault) {
        writer.append(Int32(truncatingIfNeeded: running.count))
        writer.append(minimum.rawValue)
        writer.append(maximum.rawValue)
        for transaction in running { writer.append(transaction.rawValue) }
    }

    @_lifetime(reader: copy reader)
    package init(reading reader: inout ByteReader) throws(DecodingFault) {
        let count = try reader.decodeCount(Int32.self, elementBytes: 8, headerBytes: 16)
        let minimum = PostgresFullTransactionID(rawValue: try reader.decode())
        let maximum = PostgresFullTransactionID(rawValue: try reader.decode())
        var running: [PostgresFullTransactionID] = []
        running.reserveCapacity(count)
        for _ in 0..<count { running.append(PostgresFullTransactionID(rawValue: try reader.decode())) }
        guard let snapshot = PostgresSnapshot(minimum: minimum, maximum: maximum, running: running) else {
            throw .malformed(.lengthOutOfRange(count, offset: 0))
        }
        self = snapshot
    }
}
