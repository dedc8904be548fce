import Testing

/// Each rule on samples: what it must find, and what it must leave alone.
@Suite struct RuleTests {
    private func violations(_ rule: Rule, _ text: String, at path: String) -> [String] {
        rule.violations(SourceFile(path: path, text: text))
    }

    @Test func `an import that the table does not give is found in every spelling`() {
        for spelling in [
            "import Foundation", "public import Foundation", "@preconcurrency internal import Foundation",
            "import struct Foundation.Data", "  import Foundation.NSData",
            "@_exported public import Foundation",
        ] {
            #expect(
                violations(.imports, spelling + "\n", at: "Sources/PostgresProtocol/A.swift")
                    == ["PostgresProtocol must not import Foundation"])
        }
        #expect(
            violations(.imports, "import FoundationEssentials\n", at: "Sources/PostgresProtocol/A.swift")
                == ["PostgresProtocol must not import FoundationEssentials"])
        #expect(
            violations(.imports, "import PostgresWire\n", at: "Sources/Orchestrator/A.swift")
                == ["Orchestrator must not import PostgresWire"])
        #expect(
            violations(.imports, "import Testing\n", at: "Sources/AdapterConformance/A.swift")
                == ["AdapterConformance must not import Testing"])
        #expect(
            violations(.imports, "", at: "Sources/Newcomer/A.swift")
                == ["the target Newcomer is not in the table"])
    }

    @Test func `imports of the table, in comments and in strings are left alone`() {
        let text = "public import PostgresCodecs\n// import Foundation\nlet a = \"import Foundation\"\n"
        #expect(violations(.imports, text, at: "Sources/PostgresWire/A.swift") == [])
        #expect(violations(.imports, "import XCTest", at: "Tests/SomeTests/A.swift") == [])
        let bridge = "Sources/PostgresWire/Observability/LoggingObserver.swift"
        #expect(violations(.imports, "import Logging", at: bridge) == [])
        #expect(
            violations(.imports, "import Metrics", at: bridge) == ["PostgresWire must not import Metrics"])
    }

    @Test func `Foundation may stand in for FoundationEssentials where that does not exist`() {
        let text = """
            #if canImport(FoundationEssentials)
            public import FoundationEssentials
            #else
            public import Foundation
            #endif

            """
        #expect(violations(.imports, text, at: "Sources/PostgresWire/A.swift") == [])
        #expect(
            violations(.imports, text, at: "Sources/PostgresProtocol/A.swift")
                == [
                    "PostgresProtocol must not import FoundationEssentials",
                    "PostgresProtocol must not import Foundation",
                ])
    }

    @Test func `another test framework is found`() {
        #expect(
            violations(.testImports, "import XCTest\n", at: "Tests/SomeTests/A.swift")
                == ["tests must not import XCTest"])
    }

    @Test(arguments: [
        ("Sources/A/B.swift", 400), ("Sources/A/Machines/B.swift", 500), ("Sources/A/PoolMachine.swift", 500),
        ("Sources/A/QueuePromises.swift", 500), ("Tests/ATests/B.swift", 500),
    ])
    func `a file that is one line too long is found`(path: String, limit: Int) {
        let line = "// a line\n"
        #expect(violations(.fileSize, String(repeating: line, count: limit), at: path) == [])
        #expect(
            violations(.fileSize, String(repeating: line, count: limit + 1), at: path)
                == ["\(limit + 1) lines, at most \(limit) are allowed"])
        let generated = path.replacing("/B.swift", with: "/Generated/B.swift")
        if generated != path {
            #expect(violations(.fileSize, String(repeating: line, count: 9_000), at: generated) == [])
        }
    }

    @Test func `a trait that is tested outside of its one place is found`() {
        for condition in ["#if Logging", "#if !CLI", "#if canImport(Glibc) && Metrics", "#elseif Tracing"] {
            #expect(
                violations(.traitConditions, "\(condition)\n#endif\n", at: "Sources/PostgresWire/A.swift")
                    == ["tests a trait: \(condition)"])
        }
        #expect(
            violations(.traitConditions, "#if canImport(Glibc)\n#endif\n", at: "Sources/PostgresWire/A.swift")
                == [])
    }

    @Test func `a source that needs a bridge is found`() {
        let text = "// LoggingObserver\nlet a = MetricsObserver()\n"
        #expect(
            violations(.bridgeNames, text, at: "Sources/PostgresWire/A.swift")
                == ["names MetricsObserver, which only a trait brings"])
        #expect(
            violations(.bridgeNames, text, at: "Sources/PostgresWire/Observability/MetricsObserver.swift")
                == [])
    }

    @Test func `a bridge and a file of the tool are wholly inside of their condition`() {
        let bridge = "Sources/PostgresWire/Observability/LoggingObserver.swift"
        #expect(violations(.traitConditions, "// Note.\n#if Logging\nlet a = 1\n#endif\n", at: bridge) == [])
        for wrong in [
            "#if Metrics\n#endif\n", "#if Logging\n#endif\nlet a = 1\n", "let a = 1\n#if Logging\n#endif\n",
            "#if Logging\n#else\n#endif\n",
        ] {
            #expect(
                violations(.traitConditions, wrong, at: bridge) == ["is not wholly inside one #if Logging"])
        }
        let tests = "Tests/PostgresWireObservabilityTests/LoggingObserverTests.swift"
        #expect(violations(.traitConditions, "#if Logging\nlet a = 1\n#endif\n", at: tests) == [])
        #expect(
            violations(.traitConditions, "#if Metrics\n#endif\n", at: tests) == [
                "is not wholly inside one #if Logging"
            ])
        #expect(
            violations(.traitConditions, "#if Logging\n#endif\n", at: "Tests/PostgresWireTests/A.swift")
                == ["tests a trait: #if Logging"])
        let tool = "Sources/OrchestratorCLI/A.swift"
        #expect(violations(.traitConditions, "#if CLI\n#if os(Linux)\n#endif\n#endif\n", at: tool) == [])
        #expect(violations(.traitConditions, "#if !CLI\nlet a = 1\n#endif\n", at: tool) == [])
        for wrong in [
            "let a = 1\n", "#if CLI\n#endif\n#if !CLI\n#endif\n", "#if CLI\n#endif\n// end\nlet a = 1",
        ] {
            #expect(violations(.traitConditions, wrong, at: tool) == ["is not wholly inside one #if CLI"])
        }
    }

    @Test(arguments: [
        ("let a = try! b()", "line 1: try!"), ("let a = b as! C", "line 1: as!"),
        ("\nfatalError(\"no\")", "line 2: fatalError("), ("a!.b()", "line 1: a forced unwrapping"),
        ("f()!", "line 1: a forced unwrapping"), ("a[0]!", "line 1: a forced unwrapping"),
        ("var a: Int!", "line 1: a forced unwrapping"), ("let a = \"x\"; b!", "line 1: a forced unwrapping"),
    ])
    func `a trap in the client is found`(text: String, violation: String) {
        #expect(violations(.traps, text, at: "Sources/PostgresWire/A.swift") == [violation])
        #expect(violations(.traps, text, at: "Sources/OrchestratorCLI/A.swift") == [])
    }

    @Test func `what only looks like a trap is left alone`() {
        let text = """
            if !a && b != c, d !== e { return !f }
            // try! x!
            /* a /* fatalError( */ b! */
            let s = "wow! \\(a!) try!", t = #"fatalError("!")"#, u = \"\"\"
                x!
                \"\"\"
            """
        #expect(violations(.traps, text, at: "Sources/PostgresCodecs/A.swift") == [])
    }

    @Test(arguments: ["Utils", "Helpers", "Common", "Manager"])
    func `a name that says nothing is found`(name: String) {
        #expect(violations(.names, "", at: "Sources/A/\(name)/B.swift") == ["the name \(name) says nothing"])
        #expect(violations(.names, "", at: "Tests/A/\(name).swift") == ["the name \(name) says nothing"])
        #expect(violations(.names, "", at: "Tests/A/\(name)+B.swift") == [])
    }

    @Test(arguments: ["work", "root", "home", "Users"])
    func `a path of one machine is found`(folder: String) {
        let path = "/\(folder)/someone"
        #expect(
            violations(.machinePaths, "let a = 1\n// see \(path)\n", at: "Sources/A/B.swift")
                == ["line 2: a path of one machine, /\(folder)/"])
        #expect(violations(.machinePaths, "\"/tmp/a\"", at: "Sources/A/B.swift") == [])
    }

    @Test func `what was left to do is found`() {
        #expect(
            violations(.leftovers, "// TO" + "DO: all\n", at: "Sources/A/B.swift") == ["line 1: TO" + "DO"])
        #expect(violations(.leftovers, "// FIX" + "ME\n", at: "Tests/A/B.swift") == ["line 1: FIX" + "ME"])
    }

    @Test func `a test that needs a server and does not say so is found`() {
        let text = "let url = try await TestServer.url()"
        let sentence = "needs a server, so its name must end in IntegrationTests"
        #expect(violations(.integrationTests, text, at: "Tests/ATests/B.swift") == [sentence])
        #expect(
            violations(.integrationTests, "import EmbeddedPostgres", at: "Tests/ATests/B.swift") == [sentence]
        )
        #expect(violations(.integrationTests, text, at: "Tests/AIntegrationTests/B.swift") == [])
        #expect(violations(.integrationTests, text, at: "Tests/ATests/BIntegrationTests.swift") == [])
        #expect(violations(.integrationTests, text, at: "Tests/Support/B.swift") == [])
    }

    @Test func `comments and strings are taken out of the code`() {
        let text = "let a = \"b\\\"c\" // d\nlet e = \"\"\"\n  f\n  \"\"\"\n/* g\n*/let h = #\"i\"j\"#"
        #expect(
            SourceFile(path: "A.swift", text: text).code == "let a = \"\" \nlet e = \"\"\n\n\n\nlet h = \"\"")
    }
}
