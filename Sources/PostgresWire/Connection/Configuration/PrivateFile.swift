#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// The rules for files that hold a secret.
///
/// Source: PostgreSQL 18 manual, "Client Certificates" and "The Password File".
enum PrivateFile {
    /// Why a file must not be used as a key: it is no regular file, or others may read it; nil if it may be used.
    ///
    /// A key of root's may be readable for a group.
    static func fault(of path: String) -> String? {
        var status = stat()
        guard stat(path, &status) == 0 else { return errorText(errno) }
        guard status.st_mode & S_IFMT == S_IFREG else { return "it is not a regular file" }
        let forbidden: mode_t = status.st_uid == 0 ? 0o037 : 0o077
        let rule = status.st_uid == 0 ? "0640" : "0600"
        guard status.st_mode & forbidden == 0 else {
            return "others may read it; its mode must be \(rule) or less"
        }
        return nil
    }

    /// The content of a password file, or why it is not used.
    ///
    /// It must be a regular file that only its owner can use, and have at most 1 MB. nil without a fault if there is none.
    static func read(passwordFile path: String) -> (text: [UInt8]?, fault: String?) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return (nil, errno == ENOENT ? nil : errorText(errno)) }
        defer { _ = close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return (nil, errorText(errno)) }
        guard status.st_mode & S_IFMT == S_IFREG else { return (nil, "it is not a regular file") }
        guard status.st_mode & 0o077 == 0 else {
            return (nil, "others may use it; its mode must be 0600 or less")
        }
        return contents(descriptor)
    }

    /// The content of a file without a secret.
    static func read(_ path: String) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return nil }
        defer { _ = close(descriptor) }
        return contents(descriptor).text
    }

    private static let maximumBytes = 1_048_576

    private static func contents(_ descriptor: Int32) -> (text: [UInt8]?, fault: String?) {
        var bytes = [UInt8](repeating: 0, count: maximumBytes + 1)
        var count = 0
        while count < bytes.count {
            let free = bytes.count - count
            let received = bytes.withUnsafeMutableBytes { buffer in
                Self.system(read: descriptor, buffer.baseAddress?.advanced(by: count), free)
            }
            if received == 0 { return (Array(bytes[..<count]), nil) }
            if received < 0 {
                if errno == EINTR { continue }
                return (nil, errorText(errno))
            }
            count += received
        }
        return (nil, "it has more than \(maximumBytes) bytes")
    }

    private static func system(read descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int)
        -> Int
    {
        #if canImport(Glibc)
        Glibc.read(descriptor, buffer, count)
        #elseif canImport(Musl)
        Musl.read(descriptor, buffer, count)
        #else
        Darwin.read(descriptor, buffer, count)
        #endif
    }
}
