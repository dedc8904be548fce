import Foundation
import TestSupport
import Testing

/// What a program takes in that depends on this package.
@Suite struct ConsumerTests {
    /// The identities of the packages that a consumer with these traits resolves, this one left out.
    private func packages(traits: String) async throws -> Set<String> {
        let folder = FileManager.default.temporaryDirectory.appending(path: "consumer-\(UUID().uuidString)")
        let sources = folder.appending(path: "Sources/Consumer")
        try FileManager.default.createDirectory(at: sources, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = RepositoryRoot.url.path(percentEncoded: false)
        let manifest = """
            // swift-tools-version: 6.2
            import PackageDescription
            let package = Package(
                name: "consumer", platforms: [.macOS(.v15)],
                dependencies: [.package(name: "client", path: "\(path)", traits: [\(traits)])],
                targets: [
                    .target(
                        name: "Consumer", dependencies: [.product(name: "PostgresWire", package: "client")])
                ])
            """
        try Data(manifest.utf8).write(to: folder.appending(path: "Package.swift"))
        try Data().write(to: sources.appending(path: "Consumer.swift"))
        try await resolve(folder)
        guard let pins = try? Data(contentsOf: folder.appending(path: "Package.resolved")) else { return [] }
        let resolved = try JSONDecoder().decode(Resolved.self, from: pins)
        return Set(resolved.pins.map(\.identity))
    }

    private func resolve(_ folder: URL) async throws {
        let log = folder.appending(path: "log")
        try Data().write(to: log)
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "swift", "package", "--package-path", folder.path(percentEncoded: false), "resolve",
        ]
        let output = try FileHandle(forWritingTo: log)
        process.standardOutput = output
        process.standardError = output
        let status = try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do { try process.run() } catch { continuation.resume(throwing: error) }
        }
        let text = String(decoding: try Data(contentsOf: log), as: UTF8.self)
        try #require(status == 0, "\(text)")
    }

    private struct Resolved: Decodable {
        struct Pin: Decodable { let identity: String }
        let pins: [Pin]
    }

    @Test(.timeLimit(.minutes(5)))
    func `without traits a consumer resolves no package`() async throws {
        #expect(try await packages(traits: "") == [])
    }

    @Test(.timeLimit(.minutes(5)))
    func `a trait brings its own package alone`() async throws {
        #expect(try await packages(traits: "\"Metrics\"") == ["swift-metrics"])
    }
}
