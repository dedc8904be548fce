/// How statements reach the server.
public enum StatementMode: String, Sendable {
    /// Each statement is prepared once per session under a name of its own and kept: the fastest.
    case named
    /// Each statement is parsed anew and has no name: for poolers that lend a server session for one transaction.
    case unnamed
}
