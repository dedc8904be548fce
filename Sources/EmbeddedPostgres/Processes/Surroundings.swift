#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// What this process was given: its environment and its account.
enum Surroundings {
    /// The value of an environment variable, nil if it is unset or empty.
    static func variable(_ name: String) -> String? {
        guard let value = getenv(name) else { return nil }
        let text = String(cString: value)
        return text.isEmpty ? nil : text
    }

    /// The whole environment.
    static var environment: [String: String] { ProcessInfo.processInfo.environment }

    /// The user's home folder: `HOME`, else what the system's account list says, else `/`.
    static var homeFolder: String {
        if let home = variable("HOME"), home.hasPrefix("/") { return home }
        if let entry = getpwuid(getuid()), let folder = entry.pointee.pw_dir {
            return String(cString: folder)
        }
        return "/"
    }

    static var isRoot: Bool { geteuid() == 0 }

    /// The folders in which programs are looked for: `PATH`, then the usual ones.
    static var programFolders: [String] {
        let path = variable("PATH")?.split(separator: ":").map(String.init) ?? []
        let usual = ["/usr/local/bin", "/usr/bin", "/bin", "/usr/local/sbin", "/usr/sbin", "/sbin"]
        return path.filter { $0.hasPrefix("/") } + usual.filter { !path.contains($0) }
    }

    /// The absolute path of the program `name`, nil if there is none.
    static func program(_ name: String) -> String? {
        programFolders.map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 && !FileStore.isFolder($0) }
    }
}
