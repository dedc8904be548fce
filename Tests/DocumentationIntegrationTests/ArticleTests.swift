import FoundationEssentials
import TestSupport
import Testing

/// What the articles show is text of this target's files, which are compiled and mostly run.
@Suite struct ArticleTests {
    @Test func `every block of Swift in the articles is compiled here`() throws {
        // What needs a package trait is compiled with the tests of the bridges.
        let folders = [
            "Tests/DocumentationIntegrationTests/Articles", "Tests/PostgresWireObservabilityTests",
        ]
        let sources = try folders.flatMap {
            try RepositoryRoot.files(below: $0, suffix: ".swift")
        }.map { path in
            try text(at: path).split(separator: "\n", omittingEmptySubsequences: false)
        }
        let articles = try ["Sources", "Migrations"].flatMap { folder in
            try RepositoryRoot.files(below: folder, suffix: ".md").filter { $0.contains(".docc/") }
        }
        let blocks = try articles.flatMap { CodeBlock.all(in: try text(at: $0), article: $0) }
        #expect(blocks.count > 80)
        for block in blocks where !sources.contains(where: { block.stands(in: $0) }) {
            Issue.record("\(block) stands in no file of \(folders)")
        }
    }

    private func text(at path: String) throws -> String {
        String(decoding: try Data(contentsOf: RepositoryRoot.url.appending(path: path)), as: UTF8.self)
    }
}
