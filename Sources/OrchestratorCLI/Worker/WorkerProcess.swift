#if CLI
import EmbeddedPostgres
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif
import Locking

/// One worker process: this program again, with another subcommand.
///
/// It ends when this process ends, however that happens: its standard input is the other end of a pipe that only this
/// process holds. The server and its password are in its environment, never among its arguments.
final class WorkerProcess: Sendable {
    private struct State {
        var ending: ChildResult.Ending?
        var isLifelineOpen = true
    }

    let id: String
    private let child: ChildProcess
    private let lifeline: Int32
    private let log: WorkerLog?
    private let state = Lock(State())

    /// Starts a worker.
    ///
    /// - Parameters:
    ///   - id: The name that it claims under.
    ///   - arguments: The subcommand and its arguments.
    ///   - environment: Where it finds the server.
    ///   - launcher: A program, with its arguments, that starts this one: the first is its absolute path.
    ///   - isVerbose: Whether it writes to our standard error, instead of a log of its own.
    /// - Throws: What the system says if no process can be started.
    init(
        id: String, arguments: [String], environment: Environment, launcher: [String] = [], isVerbose: Bool
    ) throws {
        let (readEnd, writeEnd) = try Descriptors.pipe()
        defer { Descriptors.close(readEnd) }
        log = isVerbose ? nil : WorkerLog()
        let words = launcher + [Program.path] + arguments
        let command = ChildCommand(
            path: words[0], arguments: Array(words.dropFirst()), environment: environment.variables,
            ownSession: true)
        self.id = id
        lifeline = writeEnd
        do {
            child = try ChildProcess.spawn(command, input: readEnd, errors: log?.descriptor ?? 2)
        } catch {
            Descriptors.close(writeEnd)
            throw error
        }
    }

    deinit { end() }

    var processID: Int32 { child.pid }

    /// How it ended; nil while it runs.
    var ending: ChildResult.Ending? {
        state.withLock { state in
            if state.ending == nil { state.ending = child.reap() }
            return state.ending
        }
    }

    var isRunning: Bool { ending == nil }

    /// The last lines of what it wrote.
    var lastWords: String { log?.tail ?? "" }

    /// Stops it in the middle of whatever it does.
    func freeze() { send(SIGSTOP) }

    /// Lets it go on.
    func thaw() { send(SIGCONT) }

    /// Asks it to finish its steps and end.
    func drain() { send(SIGTERM) }

    /// Ends it at once, by a signal that it cannot see.
    func kill() { send(SIGKILL) }

    /// Ends it at once and waits until it is gone.
    func end() {
        kill()
        while isRunning { usleep(1_000) }
        let closes = state.withLock { state in
            defer { state.isLifelineOpen = false }
            return state.isLifelineOpen
        }
        if closes { Descriptors.close(lifeline) }
    }

    private func send(_ signal: Int32) {
        state.withLock { state in
            // A process that was waited for has no number any more.
            if state.ending == nil { state.ending = child.reap() }
            guard state.ending == nil else { return }
            sendSignal(child.pid, signal)
        }
    }
}

private func sendSignal(_ pid: Int32, _ signal: Int32) { _ = kill(pid, signal) }
#endif
