import Foundation

/// A folder that is made by whoever writes to it, and is removed with this value.
final class TemporaryFolder: Sendable {
    let path = FileManager.default.temporaryDirectory.appending(path: "orchestrator-\(UUID().uuidString)")
        .path

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
