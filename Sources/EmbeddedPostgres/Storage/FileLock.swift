#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Locks between processes, each held on a file while a closure runs.
///
/// The descriptor is closed on exec, so that a server started meanwhile does not keep the lock for ever; if
/// the process dies, the system releases the lock.
enum FileLock {
    /// Runs `body` while no other process, and no other call in this one, holds the lock on `path`.
    static func holding<Value>(
        _ path: String, deadline: Deadline, report: (EmbeddedPostgresProgress) -> Void,
        _ body: () throws(EmbeddedPostgresError) -> Value
    ) throws(EmbeddedPostgresError) -> Value {
        let descriptor = try openFile(path)
        defer { Descriptors.close(descriptor) }
        var told = false
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            let code = errno
            guard code == EWOULDBLOCK || code == EINTR else {
                throw .folderUnusable(path: path, reason: SystemError.text(code))
            }
            if !told { report(.waiting) }
            told = true
            try deadline.check("waiting for another process that works on the same server")
            usleep(20_000)
        }
        return try body()
    }

    /// Takes the lock on `path` if it is free.
    ///
    /// Returns a descriptor, which holds the lock until it is closed here and in every program that inherited
    /// it; nil if somebody else holds it.
    static func take(_ path: String) throws(EmbeddedPostgresError) -> Int32? {
        let descriptor = try openFile(path)
        if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return descriptor }
        Descriptors.close(descriptor)
        return nil
    }

    private static func openFile(_ path: String) throws(EmbeddedPostgresError) -> Int32 {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw .folderUnusable(path: path, reason: SystemError.text(errno)) }
        return descriptor
    }
}
