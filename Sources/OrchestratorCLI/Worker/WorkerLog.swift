#if CLI
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif
import FoundationEssentials

/// Takes what a worker writes to standard error: a file without a name, which vanishes with its last reader.
final class WorkerLog: Sendable {
    private static let kept = 4_096

    let descriptor: Int32

    init?() {
        var template = Array(
            "\(FileManager.default.temporaryDirectory.path)/orchestrator-worker-XXXXXX".utf8CString)
        let made = mkstemp(&template)
        guard made >= 0 else { return nil }
        template.withUnsafeBufferPointer { name in
            if let name = name.baseAddress { unlink(name) }
        }
        _ = fcntl(made, F_SETFD, FD_CLOEXEC)
        descriptor = made
    }

    deinit { close(descriptor) }

    /// The last 4 KB.
    var tail: String {
        let size = lseek(descriptor, 0, SEEK_END)
        let start = max(0, size - off_t(Self.kept))
        var bytes = [UInt8](repeating: 0, count: Self.kept)
        let count = pread(descriptor, &bytes, bytes.count, start)
        return count > 0 ? String(decoding: bytes[..<count], as: UTF8.self) : ""
    }
}
#endif
