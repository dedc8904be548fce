#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The value of a variable of the environment.
func environment(_ name: String) -> String? {
    guard let value = getenv(name) else { return nil }
    return String(cString: value)
}

/// Prints a last line and ends the process.
func finish(_ code: Int32, _ line: String) {
    print("end \(line)")
    exit(code)
}
