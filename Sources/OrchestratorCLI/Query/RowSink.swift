#if CLI
import PostgresWire

/// Where the rows of a statement go.
protocol RowSink: Sendable {
    /// Learns the columns; nothing is written before there is a row or the end.
    mutating func begin(_ columns: [RowColumn])

    /// Takes a row: the text of each cell, nil for NULL.
    ///
    /// - Throws: if nobody reads what is written any more.
    mutating func take(_ cells: [String?]) throws

    /// Learns what the statement did and how long it took.
    mutating func end(_ command: CommandTag, _ duration: Duration)
}

/// A column of a result.
struct RowColumn: Sendable {
    var name: String
    /// The type's name in `pg_type`.
    var type: String
    var oid: UInt32
}
#endif
