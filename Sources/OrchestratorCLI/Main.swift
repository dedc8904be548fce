#if CLI
import ArgumentParser

/// Parses the arguments, runs the command, and turns its ending into the exit code.
@main
enum Main {
    /// An error of the parser: wrong usage, or a wish for help.
    private struct UsageError: Error {
        let cause: any Error
    }

    static func main() async {
        Signals.ignoreBrokenPipes()
        let console = Console.shared
        let task = Task { try await run() }
        Signals.onInterrupt { task.cancel() }
        do {
            try await task.value
            console.finish()
            Signals.exit(Signals.wasInterrupted ? .interrupted : .done)
        } catch let error as UsageError {
            end(parsing: error.cause)
        } catch let exit as ExitCode {
            // What was wrong is in the report that the command has written.
            console.finish()
            Signals.exit(CommandExit(rawValue: exit.rawValue) ?? .checkFailed)
        } catch {
            console.finish()
            let failure = CommandFailure(any: error)
            console.report(failure)
            Signals.exit(failure.code)
        }
    }

    @concurrent
    private static func run() async throws {
        let command: any ParsableCommand
        do {
            command = try await OrchestratorCommand.asyncParseAsRoot()
        } catch {
            throw UsageError(cause: error)
        }
        do {
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                var command = command
                try command.run()
            }
        } catch  where OrchestratorCommand.exitCode(for: error).isSuccess {
            throw UsageError(cause: error)
        }
    }

    /// Help and version end well; everything else that the parser objects to is wrong usage.
    private static func end(parsing error: any Error) -> Never {
        if OrchestratorCommand.exitCode(for: error).isSuccess { OrchestratorCommand.exit(withError: error) }
        Console.shared.errors.write(OrchestratorCommand.fullMessage(for: error) + "\n")
        Signals.exit(.configuration)
    }
}
#endif
