import FoundationEssentials
import JSONModel
import Orchestrator
import TestSupport
import Testing

/// The README's examples are these files' own text, and they run.
@Suite struct ReadmeIntegrationTests {
    @Test(arguments: ["client", "workflow"])
    func `the README shows what is compiled here`(name: String) throws {
        let readme = try text(at: "README.md")
        let folder = "Tests/ReadmeIntegrationTests"
        let source = try text(at: "\(folder)/\(name.prefix(1).uppercased())\(name.dropFirst())Example.swift")
        let lines = source.split(separator: "\n", omittingEmptySubsequences: false)
        let first = try #require(lines.firstIndex { $0.hasSuffix("// README: \(name)") })
        let last = try #require(lines.firstIndex { $0.hasSuffix("// README: end") })
        let example = lines[(first + 1)..<last].map { $0.hasPrefix("    ") ? $0.dropFirst(4) : $0 }
        #expect(example.count > 10)
        #expect(readme.contains(example.joined(separator: "\n")))
    }

    @Test func `the client example does what it says`() async throws {
        let printed = try await TestServer.withDatabase { try await clientExample(url: $0.url) }
        #expect(printed == ["7 green tea"])
    }

    @Test func `the workflow example ends with the letter`() async throws {
        let state = try await TestServer.withDatabase { try await workflowExample(url: $0.url) }
        #expect(state?.status == .completed)
        #expect(state?.memory["letter"] == "It is sunny.")
    }

    private func text(at path: String) throws -> String {
        String(decoding: try Data(contentsOf: RepositoryRoot.url.appending(path: path)), as: UTF8.self)
    }
}
