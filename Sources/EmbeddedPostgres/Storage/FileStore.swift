#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Folders and files, by the system's own calls.
enum FileStore {
    static func isFolder(_ path: String) -> Bool {
        var info = stat()
        return stat(path, &info) == 0 && (info.st_mode & S_IFMT) == S_IFDIR
    }

    static func isProgram(_ path: String) -> Bool { access(path, X_OK) == 0 && !isFolder(path) }

    static func exists(_ path: String) -> Bool {
        var info = stat()
        return lstat(path, &info) == 0
    }

    /// The seconds since the file was last changed; nil if there is none.
    static func age(_ path: String) -> Int? {
        var info = stat()
        guard lstat(path, &info) == 0 else { return nil }
        #if canImport(Darwin)
        return time(nil) - info.st_mtimespec.tv_sec
        #else
        return time(nil) - info.st_mtim.tv_sec
        #endif
    }

    /// Makes a folder and those above it; the ones that are new get `mode`, whatever the umask says.
    static func makeFolder(_ path: String, mode: mode_t) throws(EmbeddedPostgresError) {
        if isFolder(path) { return }
        let above = parent(of: path)
        if above != path { try makeFolder(above, mode: mode) }
        if mkdir(path, mode) == 0 {
            chmod(path, mode)
        } else if errno != EEXIST || !isFolder(path) {
            throw .folderUnusable(path: path, reason: SystemError.text(errno))
        }
    }

    /// Makes a new folder with mode 0700 whose name is `prefix` and random letters.
    static func makeUniqueFolder(prefix: String) throws(EmbeddedPostgresError) -> String {
        guard let template = strdup(prefix + "XXXXXX") else {
            throw .folderUnusable(path: prefix, reason: "out of memory")
        }
        defer { free(template) }
        guard mkdtemp(template) != nil else {
            throw .folderUnusable(path: prefix, reason: SystemError.text(errno))
        }
        return String(cString: template)
    }

    /// The path without symbolic links.
    static func canonical(_ path: String) throws(EmbeddedPostgresError) -> String {
        guard let resolved = realpath(path, nil) else {
            throw .folderUnusable(path: path, reason: SystemError.text(errno))
        }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return "/" }
        return String(path[..<slash])
    }

    /// The content of a file of at most 1 MB; nil if it cannot be read.
    static func read(_ path: String) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return nil }
        defer { Descriptors.close(descriptor) }
        var bytes: [UInt8] = []
        return withUnsafeTemporaryAllocation(byteCount: 16_384, alignment: 1) { buffer in
            while bytes.count <= 1_048_576 {
                let count = systemRead(descriptor, buffer)
                if count == 0 { return String(decoding: bytes, as: UTF8.self) }
                if count < 0 { return nil }
                bytes.append(contentsOf: buffer[..<count])
            }
            return nil
        }
    }

    /// Puts a file with mode 0600 in place in one step.
    static func write(_ content: String, to path: String, owner: ServerAccount? = nil)
        throws(EmbeddedPostgresError)
    {
        let new = "\(path).\(getpid()).\(UInt32.random(in: 0...UInt32.max))"
        let descriptor = open(new, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw .folderUnusable(path: path, reason: SystemError.text(errno)) }
        defer { Descriptors.close(descriptor) }
        var failure: Int32 = 0
        if let owner, owner.isForeign, fchown(descriptor, owner.user, owner.group) != 0 { failure = errno }
        if failure == 0 { failure = writeAll(Array(content.utf8), to: descriptor) }
        if failure == 0, rename(new, path) != 0 { failure = errno }
        guard failure == 0 else {
            unlink(new)
            throw .folderUnusable(path: path, reason: SystemError.text(failure))
        }
    }

    /// Makes a folder of the caller's the account's own.
    static func handOver(_ path: String, to account: ServerAccount) throws(EmbeddedPostgresError) {
        guard account.isForeign else { return }
        guard lchown(path, account.user, account.group) == 0 else {
            throw .folderUnusable(path: path, reason: SystemError.text(errno))
        }
    }

    /// Moves a file or folder within one file system, in one step.
    static func move(_ path: String, to target: String) throws(EmbeddedPostgresError) {
        guard rename(path, target) == 0 else {
            throw .folderUnusable(path: target, reason: SystemError.text(errno))
        }
    }

    /// Removes a file if it is there.
    static func removeFile(_ path: String) { unlink(path) }

    /// Removes a folder with all that is in it.
    static func removeFolder(_ path: String, deadline: Deadline) throws(EmbeddedPostgresError) {
        guard exists(path) else { return }
        let command = ChildCommand(
            path: "/bin/rm", arguments: ["-rf", "--", path], environment: ServerAccount.environment())
        let result = try ChildProcess.run(command, deadline: deadline, step: "removing \(path)")
        guard result.succeeded else { throw .folderUnusable(path: path, reason: result.excerpt) }
    }

    private static func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { buffer in
                var result: Int
                repeat { result = systemWrite(descriptor, buffer) } while result < 0 && errno == EINTR
                return result
            }
            guard count > 0 else { return errno }
            rest = rest.dropFirst(count)
        }
        return fsync(descriptor) == 0 ? 0 : errno
    }
}

private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
    var result: Int
    repeat { result = read(descriptor, buffer.baseAddress, buffer.count) } while result < 0 && errno == EINTR
    return result
}

private func systemWrite(_ descriptor: Int32, _ buffer: UnsafeRawBufferPointer) -> Int {
    write(descriptor, buffer.baseAddress, buffer.count)
}
