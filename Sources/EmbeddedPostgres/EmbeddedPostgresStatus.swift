/// What is known of a named embedded server.
public enum EmbeddedPostgresStatus: Sendable {
    /// No server of this name was ever started, or it was destroyed.
    case absent

    /// It has data but does not run; `url` is where it was last reached.
    case stopped(url: String)

    /// It runs and answers at the server's URL.
    case running(EmbeddedPostgresServer)
}
