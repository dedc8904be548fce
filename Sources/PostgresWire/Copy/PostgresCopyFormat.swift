/// How the data of a COPY are written.
///
/// Source: PostgreSQL 18 manual, "COPY".
public enum PostgresCopyFormat: String, Hashable, Sendable {
    /// A line for each row, columns parted by tabs, `\N` for NULL.
    case text
    /// Comma-separated values.
    case csv
    /// The server's own form of every value.
    case binary
}
