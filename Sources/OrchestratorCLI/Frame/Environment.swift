#if CLI
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The environment variables of a process.
struct Environment: Sendable {
    private(set) var variables: [String: String]

    init(_ variables: [String: String]) { self.variables = variables }

    /// Those of this process.
    static var current: Environment {
        var variables: [String: String] = [:]
        var entry = Self.entries
        while let text = entry?.pointee {
            let parts = String(cString: text).split(
                separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2 { variables[String(parts[0])] = String(parts[1]) }
            entry = entry?.advanced(by: 1)
        }
        return Environment(variables)
    }

    private static var entries: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? { environ }

    /// The value of a variable; an empty one counts as not set.
    subscript(name: String) -> String? {
        get { variables[name].flatMap { $0.isEmpty ? nil : $0 } }
        set { variables[name] = newValue }
    }
}
#endif
