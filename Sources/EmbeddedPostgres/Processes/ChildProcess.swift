#if canImport(Glibc)
package import Glibc
#elseif canImport(Musl)
package import Musl
#elseif canImport(Darwin)
package import Darwin
#endif

/// A program that was started and not yet waited for.
package struct ChildProcess: Sendable {
    package let pid: pid_t

    /// Starts `command` with its standard descriptors at the given ones (nil: `/dev/null`), and `lock` as its
    /// descriptor 3.
    package static func spawn(
        _ command: ChildCommand, input: Int32? = nil, output: Int32? = nil, errors: Int32? = nil,
        lock: Int32? = nil
    ) throws(EmbeddedPostgresError) -> ChildProcess {
        var actions = SpawnActions()
        defer { actions.destroy() }
        actions.connect(input, to: 0, mode: O_RDONLY)
        actions.connect(output, to: 1, mode: O_WRONLY)
        actions.connect(errors, to: 2, mode: O_WRONLY)
        if let lock { actions.connect(lock, to: 3, mode: O_RDWR) }
        actions.closeAll(from: lock == nil ? 3 : 4)
        var attributes = SpawnAttributes(ownSession: command.ownSession)
        defer { attributes.destroy() }
        // The folder is changed by a shell: the call that would do it here is not in every C library.
        let argv = CStringArray(
            ["sh", "-c", "cd / && exec \"$@\"", "sh", command.path] + command.arguments)
        let environment = CStringArray(command.environment.map { "\($0.key)=\($0.value)" })
        defer {
            argv.free()
            environment.free()
        }
        var pid: pid_t = 0
        let code = posix_spawn(
            &pid, "/bin/sh", &actions.value, &attributes.value, argv.pointers, environment.pointers)
        guard code == 0 else {
            throw .folderUnusable(path: command.path, reason: "cannot be run: \(SystemError.text(code))")
        }
        return ChildProcess(pid: pid)
    }

    /// How the program ended, or nil if it still runs.
    package func reap() -> ChildResult.Ending? {
        var status: Int32 = 0
        while true {
            let result = waitpid(pid, &status, WNOHANG)
            if result == 0 { return nil }
            if result < 0 {
                if errno == EINTR { continue }
                // Somebody else in this process waited for all children: how it ended is lost.
                return .exited(kill(pid, 0) == 0 ? 0 : 255)
            }
            let signal = status & 0x7F
            return signal == 0 ? .exited((status >> 8) & 0xFF) : .signalled(signal)
        }
    }

    /// Waits until the program ends or the deadline passes; true if it ended.
    func wait(until deadline: Deadline) -> Bool {
        while reap() == nil {
            if deadline.hasPassed { return false }
            usleep(5_000)
        }
        return true
    }

    /// Ends the program: first gently, after two seconds by force.
    func terminate() {
        kill(pid, SIGTERM)
        if !wait(until: Deadline(.seconds(2))) {
            kill(pid, SIGKILL)
            _ = wait(until: Deadline(.seconds(2)))
        }
    }
}
