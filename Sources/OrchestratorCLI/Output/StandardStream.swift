#if CLI
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Standard output or standard error.
struct StandardStream: Sendable {
    let descriptor: Int32
    /// Whether it is a terminal that understands control sequences.
    let isTerminal: Bool
    /// Whether colour is welcome.
    let usesColour: Bool

    init(_ descriptor: Int32, environment: Environment) {
        self.descriptor = descriptor
        let term = environment["TERM"]
        isTerminal = isatty(descriptor) != 0 && term != nil && term != "dumb"
        // Source: no-color.org; set and not empty means no colour.
        usesColour = isTerminal && environment["NO_COLOR"] == nil
    }

    /// How many columns there are; 80 where that is not known.
    var columns: Int {
        var size = winsize()
        guard isTerminal, ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    /// Writes all of `text`; false if its reader is gone.
    @discardableResult
    func write(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            var rest = UnsafeRawBufferPointer(bytes)
            while !rest.isEmpty, let start = rest.baseAddress {
                let count = writeSome(start, rest.count)
                if count < 0 {
                    if errno == EINTR { continue }
                    return false
                }
                rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
            }
            return true
        }
    }

    private func writeSome(_ start: UnsafeRawPointer, _ count: Int) -> Int {
        #if canImport(Glibc)
        Glibc.write(descriptor, start, count)
        #elseif canImport(Musl)
        Musl.write(descriptor, start, count)
        #else
        Darwin.write(descriptor, start, count)
        #endif
    }
}
#endif
