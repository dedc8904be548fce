#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

extension ChildProcess {
    /// Runs `command` to its end and returns what it wrote.
    ///
    /// - Throws: `timedOut` or `cancelled`, after the program was ended; `folderUnusable` if it cannot be
    ///   run.
    static func run(
        _ command: ChildCommand, deadline: Deadline, step: String
    ) throws(EmbeddedPostgresError) -> ChildResult {
        var output = try OutputPipe()
        var errors = try OutputPipe()
        defer {
            output.close()
            errors.close()
        }
        let child = try spawn(command, output: output.writeEnd, errors: errors.writeEnd)
        output.closeWriteEnd()
        errors.closeWriteEnd()
        while true {
            // Not until end of file: a daemon that the program leaves behind may hold the pipe for ever.
            let ending = child.reap()
            output.drain()
            errors.drain()
            if let ending {
                return ChildResult(ending: ending, output: output.text, errors: errors.text)
            }
            do throws(EmbeddedPostgresError) {
                try deadline.check(step)
            } catch {
                child.terminate()
                throw error
            }
            OutputPipe.wait(output, errors, milliseconds: 10)
        }
    }
}
