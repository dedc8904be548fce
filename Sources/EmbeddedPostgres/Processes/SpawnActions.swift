#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The descriptors and the folder that a program starts with.
struct SpawnActions {
    #if canImport(Darwin)
    var value: posix_spawn_file_actions_t?
    #else
    var value = posix_spawn_file_actions_t()
    #endif

    init() { posix_spawn_file_actions_init(&value) }

    mutating func destroy() { posix_spawn_file_actions_destroy(&value) }

    /// Makes `descriptor`, or `/dev/null`, the program's descriptor `number`.
    mutating func connect(_ descriptor: Int32?, to number: Int32, mode: Int32) {
        if let descriptor {
            posix_spawn_file_actions_adddup2(&value, descriptor, number)
        } else {
            posix_spawn_file_actions_addopen(&value, number, "/dev/null", mode, 0)
        }
    }

    /// Closes every descriptor from `first` on that is open now, whoever in this process opened it.
    mutating func closeAll(from first: Int32) {
        #if !canImport(Darwin)
        let highest = Descriptors.highest
        guard highest >= first else { return }
        for descriptor in first...highest {
            posix_spawn_file_actions_addclose(&value, descriptor)
        }
        #endif
    }
}
