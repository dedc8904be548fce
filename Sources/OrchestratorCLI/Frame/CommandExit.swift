#if CLI
/// The exit codes of every subcommand.
enum CommandExit: Int32, Sendable {
    /// Done and good.
    case done = 0
    /// A check failed.
    case checkFailed = 1
    /// Wrong usage or configuration.
    case configuration = 2
    /// The server cannot be reached or refused us.
    case server = 3
    /// Interrupted by a signal.
    case interrupted = 4
}
#endif
