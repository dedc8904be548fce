#if CLI
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// What processes have used so far.
///
/// Source: POSIX.1-2024, getrusage.
struct ResourceUse: Sendable {
    /// Processor time of user and system, in microseconds.
    var processorMicroseconds: Double
    /// Context switches of both kinds.
    var switches: Int

    // RUSAGE_SELF and RUSAGE_CHILDREN, whose types differ from one C library to the other.
    private static let thisProcess: Int32 = 0
    private static let children: Int32 = -1

    /// Of this process, all of its threads.
    static var ofThisProcess: ResourceUse {
        var usage = rusage()
        _ = getrusage(thisProcess, &usage)
        return ResourceUse(usage)
    }

    /// Of the child processes that have ended and were waited for.
    static var ofChildren: ResourceUse {
        var usage = rusage()
        _ = getrusage(children, &usage)
        return ResourceUse(usage)
    }

    private init(_ usage: rusage) {
        processorMicroseconds = Self.microseconds(usage.ru_utime) + Self.microseconds(usage.ru_stime)
        switches = Int(usage.ru_nvcsw) + Int(usage.ru_nivcsw)
    }

    private static func microseconds(_ time: timeval) -> Double {
        Double(time.tv_sec) * 1e6 + Double(time.tv_usec)
    }
}
#endif
