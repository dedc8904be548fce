internal import StoreContracts

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// The calls of the operating system that archives need; all of them may block.
enum FileAccess {
    /// Opens a file, lends it, and closes it.
    static func with<Result>(
        _ path: String, _ flags: Int32, _ body: (Int32) throws(StoreError) -> Result
    ) throws(StoreError) -> Result {
        let file = open(path, flags | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw failure("open", path) }
        defer { close(file) }
        return try body(file)
    }

    /// Writes all bytes at the end of what was written.
    static func write(_ bytes: [UInt8], to file: Int32, _ path: String) throws(StoreError) {
        var done = 0
        while done < bytes.count {
            let count = bytes[done...].withUnsafeBytes { platformWrite(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failure("write", path) }
            done += count
        }
    }

    /// Returns when everything that was written to the file is durable.
    static func sync(_ file: Int32, _ path: String) throws(StoreError) {
        guard fsync(file) == 0 else { throw failure("sync", path) }
    }

    /// Reads a whole file; nil if there is none.
    static func read(_ path: String) throws(StoreError) -> [UInt8]? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else {
            if errno == ENOENT { return nil }
            throw failure("open", path)
        }
        defer { close(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            let count = chunk.withUnsafeMutableBytes { platformRead(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure("read", path) }
            if count == 0 { return bytes }
            bytes += chunk[..<count]
        }
    }

    /// Waits for the lock that a file stands for; it is held until the file is closed.
    static func lock(_ file: Int32, _ path: String) throws(StoreError) {
        while flock(file, LOCK_EX) != 0 {
            guard errno == EINTR else { throw failure("lock", path) }
        }
    }

    /// Gives a file its final name, durably.
    static func publish(_ path: String, as final: String, in folder: String) throws(StoreError) {
        guard rename(path, final) == 0 else { throw failure("rename", path) }
        try with(folder, O_RDONLY) { (file) throws(StoreError) in try sync(file, folder) }
    }

    /// Removes a file; one that is gone is no error.
    static func remove(_ path: String) throws(StoreError) {
        guard unlink(path) == 0 || errno == ENOENT else { throw failure("remove", path) }
    }

    /// Makes a folder unless it is there.
    static func makeFolder(_ path: String) throws(StoreError) {
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw failure("make", path) }
    }

    /// The names of the files in a folder, sorted; none if there is no folder.
    static func list(_ folder: String) throws(StoreError) -> [String] {
        guard let stream = opendir(folder) else {
            if errno == ENOENT { return [] }
            throw failure("list", folder)
        }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    private static func platformWrite(_ file: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
        #if canImport(Glibc)
        Glibc.write(file, bytes, count)
        #elseif canImport(Musl)
        Musl.write(file, bytes, count)
        #else
        Darwin.write(file, bytes, count)
        #endif
    }

    private static func platformRead(_ file: Int32, _ bytes: UnsafeMutableRawPointer?, _ count: Int) -> Int {
        #if canImport(Glibc)
        Glibc.read(file, bytes, count)
        #elseif canImport(Musl)
        Musl.read(file, bytes, count)
        #else
        Darwin.read(file, bytes, count)
        #endif
    }

    private static func failure(_ what: String, _ path: String) -> StoreError {
        let reason = String(cString: strerror(errno))
        let isFull = errno == ENOSPC || errno == EDQUOT
        return StoreError(
            isFull ? .resourceExhausted : .unavailable, cause: "cannot \(what) \(path): \(reason)",
            remedy: ColdArchive.folderRemedy)
    }
}
