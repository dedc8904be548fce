/// A program to run, with its arguments and its whole environment.
///
/// It starts in `/` with standard input at `/dev/null`, every signal at its default, and no file descriptor
/// of this process beside the three standard ones: a server that outlives us must not keep our locks and
/// sockets.
package struct ChildCommand: Sendable {
    /// The absolute path of the program.
    package var path: String
    package var arguments: [String]
    package var environment: [String: String]
    /// True to put the program in a session of its own, out of reach of the terminal's interrupt.
    package var ownSession: Bool

    package init(
        path: String, arguments: [String], environment: [String: String], ownSession: Bool = false
    ) {
        self.path = path
        self.arguments = arguments
        self.environment = environment
        self.ownSession = ownSession
    }
}
