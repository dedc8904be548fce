#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The signals and the session that a program starts with.
struct SpawnAttributes {
    #if canImport(Darwin)
    var value: posix_spawnattr_t?
    #else
    var value = posix_spawnattr_t()
    #endif

    #if canImport(Darwin)
    private static let newSession = Int32(POSIX_SPAWN_SETSID)
    #else
    // POSIX_SPAWN_SETSID of glibc and musl, which their headers show to GNU sources only.
    private static let newSession: Int32 = 0x80
    #endif

    init(ownSession: Bool) {
        posix_spawnattr_init(&value)
        // Threads of Dispatch block every signal, and a program inherits that.
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&value, &none)
        var all = sigset_t()
        sigfillset(&all)
        #if canImport(Darwin)
        sigdelset(&all, SIGKILL)
        sigdelset(&all, SIGSTOP)
        #endif
        posix_spawnattr_setsigdefault(&value, &all)
        var flags = Int32(POSIX_SPAWN_SETSIGMASK) | Int32(POSIX_SPAWN_SETSIGDEF)
        if ownSession { flags |= Self.newSession }
        #if canImport(Darwin)
        flags |= Int32(POSIX_SPAWN_CLOEXEC_DEFAULT)
        #endif
        posix_spawnattr_setflags(&value, Int16(truncatingIfNeeded: flags))
    }

    mutating func destroy() { posix_spawnattr_destroy(&value) }
}
