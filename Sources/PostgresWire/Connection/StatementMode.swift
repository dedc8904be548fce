/// How statements reach the server.
///
/// Source: PostgreSQL 18 manual, "Message Flow", "Simple Query" and "Extended Query".
public enum StatementMode: String, Sendable, CaseIterable {
    /// Each statement is prepared once per session under a name of its own and kept: the fastest.
    case named
    /// Each statement is parsed anew and has no name: for poolers that lend a server session for one transaction.
    case unnamed
    /// Each statement is sent by the simple protocol, for peers that know no other.
    ///
    /// Cells come in text form, from which all scalar types, arrays, JSON and vectors are read as usual; a type without
    /// a reader of its text form is a `decoding` error that names both types and the format, and `String` reads the
    /// text of every type. Parameters do not exist in this protocol, and values are never written into the SQL: a
    /// query with parameters is refused with `invalidUse` before anything is sent. One call is one statement; SQL that
    /// holds several is run and then reported as `unexpectedResult`, as it is by `script` with a result for each.
    case simple
}
