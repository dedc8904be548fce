#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// File descriptors of this module: closed on exec, and never one of the standard three.
package enum Descriptors {
    /// Two connected descriptors: what is written to the second is read from the first, and the first ends
    /// when the second is closed everywhere.
    ///
    /// A pair of sockets rather than a pipe, since these can be made closed-on-exec from the start: a program
    /// that another thread starts at this moment must not get one.
    package static func pipe() throws(EmbeddedPostgresError) -> (read: Int32, write: Int32) {
        var ends: [Int32] = [-1, -1]
        #if canImport(Glibc)
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        #elseif canImport(Musl)
        let kind = SOCK_STREAM | SOCK_CLOEXEC
        #else
        let kind = SOCK_STREAM
        #endif
        guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else {
            throw .folderUnusable(path: "socketpair", reason: SystemError.text(errno))
        }
        return (try raise(ends[0]), try raise(ends[1]))
    }

    /// Moves a descriptor above the standard three, which a program closed by its parent may have free.
    private static func raise(_ descriptor: Int32) throws(EmbeddedPostgresError) -> Int32 {
        let raised = fcntl(descriptor, F_DUPFD_CLOEXEC, 3)
        let code = errno
        close(descriptor)
        guard raised >= 0 else { throw .folderUnusable(path: "socketpair", reason: SystemError.text(code)) }
        return raised
    }

    /// Writes a short text to one of a pair of sockets; a reader that is gone is no error.
    static func send(_ text: String, to descriptor: Int32) {
        let bytes = Array(text.utf8)
        #if canImport(Glibc)
        _ = Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
        #elseif canImport(Musl)
        _ = Musl.send(descriptor, bytes, bytes.count, MSG_NOSIGNAL)
        #else
        var on: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_NOSIGPIPE, &on, socklen_t(MemoryLayout<Int32>.size))
        _ = Darwin.send(descriptor, bytes, bytes.count, 0)
        #endif
    }

    package static func close(_ descriptor: Int32) {
        #if canImport(Glibc)
        _ = Glibc.close(descriptor)
        #elseif canImport(Musl)
        _ = Musl.close(descriptor)
        #else
        _ = Darwin.close(descriptor)
        #endif
    }

    /// The highest descriptor that is open now, or 255 if the system does not tell.
    static var highest: Int32 {
        guard let folder = opendir("/dev/fd") else { return 255 }
        defer { closedir(folder) }
        var highest: Int32 = 2
        while let entry = readdir(folder) {
            let number = Int32(DirectoryEntry.name(entry)) ?? 0
            highest = max(highest, number)
        }
        return highest
    }
}
