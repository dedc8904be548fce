import FoundationEssentials
import TestSupport
import Testing

/// The generated overloads are those that the generator writes.
@Suite struct RowDecodingGeneratorTests {
    @Test func `the generated file is what the generator writes`() throws {
        let url = RepositoryRoot.url.appending(path: RowDecodingGenerator.path)
        if ProcessInfo.processInfo.environment["ORCHESTRATOR_REGENERATE"] != nil {
            try RowDecodingGenerator.text.write(to: url, atomically: true, encoding: .utf8)
        }
        let written = try String(contentsOf: url, encoding: .utf8)
        #expect(written == RowDecodingGenerator.text)
    }
}
