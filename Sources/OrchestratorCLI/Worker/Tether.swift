#if CLI
import Dispatch
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Ends this process when standard input ends, which is when the process that started it has ended.
enum Tether {
    static func start() {
        // A queue of its own, whose thread does nothing but wait.
        DispatchQueue(label: "tether").async {
            var byte: UInt8 = 0
            while true {
                let count = read(0, &byte, 1)
                if count == 0 || count < 0 && errno != EINTR { Signals.exit(.interrupted) }
            }
        }
    }
}
#endif
