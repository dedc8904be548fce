import TestSupport
import Testing

/// The shape of the sources, read from the sources.
@Suite struct ArchitectureTests {
    private static let rules: [(name: String, rule: Rule)] = [
        ("imports", .imports), ("test imports", .testImports), ("file size", .fileSize),
        ("trait conditions", .traitConditions), ("bridge names", .bridgeNames), ("traps", .traps),
        ("names", .names),
        ("machine paths", .machinePaths), ("leftovers", .leftovers), ("integration tests", .integrationTests),
    ]

    @Test(arguments: rules.indices)
    func `every source file keeps the rule`(index: Int) throws {
        let files = try SourceFile.all.get()
        #expect(files.count > 100)
        let (name, rule) = Self.rules[index]
        for violation in rule.violations(in: files) { Issue.record("\(name): \(violation)") }
    }

    @Test func `every target is in the table of imports, and the table names no other`() throws {
        let files = try SourceFile.all.get().filter { $0.components.first != "Tests" }
        let targets = Set(files.compactMap(\.target))
        #expect(targets.contains("PostgresProtocol"))
        #expect(targets.contains("OrchestratorMigrations"))
        #expect(targets.subtracting(Rule.allowedImports.keys) == [])
    }

    @Test func `the table of imports has no cycle`() {
        var done: Set<String> = []
        var left = Set(Rule.allowedImports.keys)
        while !left.isEmpty {
            let next = left.filter { target in
                (Rule.allowedImports[target] ?? []).filter { left.contains($0) }.isEmpty
            }
            guard !next.isEmpty else {
                Issue.record("a cycle among \(left.sorted())")
                return
            }
            done.formUnion(next)
            left.subtract(next)
        }
        #expect(done.count == Rule.allowedImports.count)
    }
}
