#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The memory of this process in KB, as Linux counts it; 0 elsewhere.
struct ProcessMemory {
    /// What is in use now.
    let current: Int
    /// The most that ever was.
    let peak: Int

    static func now() -> ProcessMemory {
        let file = open("/proc/self/status", O_RDONLY)
        guard file >= 0 else { return ProcessMemory(current: 0, peak: 0) }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 16_384)
        let count = read(file, &bytes, bytes.count)
        let lines = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self).split(separator: "\n")
        func value(_ name: String) -> Int {
            let line = lines.first { $0.hasPrefix(name) }
            return line.flatMap { Int($0.filter(\.isNumber)) } ?? 0
        }
        return ProcessMemory(current: value("VmRSS:"), peak: value("VmHWM:"))
    }
}
