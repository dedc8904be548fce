import Foundation

/// A folder for one test's servers, removed at the end with every server in it.
final class ScratchFolder: Sendable {
    let path: String

    /// Makes the folder; mode 0o711 lets the server's account in when the tests run as root.
    init(mode: Int = 0o711, below: String = "") throws {
        let base = "/tmp/embedded-tests-\(UUID().uuidString.prefix(8))"
        path = below.isEmpty ? base : "\(base)/\(below)"
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o711])
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: base)
        root = base
    }

    private let root: String

    deinit { try? FileManager.default.removeItem(atPath: root) }
}
