#if CLI
import ArgumentParser

/// What is done to the workers.
enum ChaosMode: String, ExpressibleByArgument, CaseIterable, Sendable {
    /// They are killed at named points.
    case points
    /// They are killed at any time.
    case random
    /// They are killed at every send and receive.
    case syscalls
    /// They are stopped for longer than their leases, and go on.
    case pause
    /// The answers to their commits are cut off.
    case commit
    /// Their clocks are wrong.
    case clock
    /// Their server sessions are ended, and the server itself is killed if it is chaos' own.
    case server
}
#endif
