extension Rule {
    /// What each target may import of this package, of the system and of others.
    ///
    /// Arrows point from the user to the used.
    static let allowedImports: [String: Set<String>] = {
        let system: Set = ["Glibc", "Musl", "Darwin", "Dispatch", "Synchronization", "FoundationEssentials"]
        let leaves: Set = ["StoreContracts", "JSONModel", "Locking"]
        let tool: Set = ["ArgumentParser", "TextTable", "Rainbow", "Foundation"]
        return [
            "CReadiness": [],
            "Locking": ["Glibc", "Musl", "Darwin"],
            "JSONModel": system,
            "StoreContracts": system.union(["JSONModel"]),
            "PostgresProtocol": [],
            "PostgresCodecs": system.union(["PostgresProtocol", "JSONModel"]),
            "PostgresWire": system.union([
                "COpenSSL", "CReadiness", "Locking", "PostgresProtocol", "PostgresCodecs",
            ]),
            "PostgresMigrator": system.union(["PostgresWire"]),
            // The engine's interface takes the client's types, so those who call it name them.
            "OrchestratorMigrations": system.union(["PostgresMigrator", "PostgresWire"]),
            "EmbeddedPostgres": system.union(["PostgresWire"]),
            "Orchestrator": system.union(leaves),
            "AgentMemory": system.union(leaves),
            "OrchestratorPostgres": system.union(leaves).union([
                "Orchestrator", "AgentMemory", "PostgresWire", "CZlib",
            ]),
            "AdapterConformance": system.union(leaves).union(["Orchestrator", "AgentMemory"]),
            "OrchestratorCLI": system.union(leaves).union(tool).union([
                "PostgresProtocol", "PostgresCodecs", "PostgresWire", "PostgresMigrator",
                "OrchestratorMigrations", "EmbeddedPostgres", "Orchestrator", "AgentMemory",
                "OrchestratorPostgres", "AdapterConformance", "CZlib",
            ]),
        ]
    }()

    /// The bridges to the observability packages, each of which may be imported by its one file.
    static let bridges = [
        "Logging": "Logging", "Metrics": "Metrics", "Tracing": "Tracing", "Lifecycle": "ServiceLifecycle",
    ]

    /// Whether Foundation is imported only where FoundationEssentials does not exist, as on Apple's systems.
    private static func isStandIn(_ file: SourceFile) -> Bool {
        let lines = file.lines
        guard let first = lines.firstIndex(of: "#if canImport(FoundationEssentials)"), first + 4 < lines.count
        else { return false }
        return lines[first + 2] == "#else" && lines[first + 3].hasSuffix("import Foundation")
            && lines[first + 4] == "#endif"
    }

    /// No target imports what the table does not give it.
    static let imports = Rule { file in
        guard let target = file.target, file.components.first != "Tests" else { return [] }
        guard let allowed = allowedImports[target] else {
            return ["the target \(target) is not in the table"]
        }
        let bridge = bridges.first { file.path.hasSuffix("/Observability/\($0.key)Observer.swift") }?.value
        let hasStandIn = allowed.contains("FoundationEssentials") && isStandIn(file)
        let standIn = hasStandIn ? "Foundation" : nil
        return importedModules(file).filter { !allowed.contains($0) && $0 != bridge && $0 != standIn }
            .map { "\(target) must not import \($0)" }
    }

    /// Tests use Swift Testing alone.
    static let testImports = Rule { file in
        guard file.components.first == "Tests" else { return [] }
        return importedModules(file).filter { $0 == "XCTest" }.map { "tests must not import \($0)" }
    }

    /// The modules that a file imports, in order.
    static func importedModules(_ file: SourceFile) -> [String] {
        let kinds: Set<Substring> = [
            "struct", "class", "enum", "protocol", "func", "var", "let", "typealias", "actor",
        ]
        return file.code.split(separator: "\n").compactMap { line in
            let words = line.split { $0 == " " || $0 == "\t" || $0 == ";" }
            guard let place = words.firstIndex(of: "import"), words[..<place].allSatisfy(isModifier) else {
                return nil
            }
            let name = words[(place + 1)...].first { !kinds.contains($0) }
            return name.map { String($0.prefix { $0 != "." }) }
        }
    }

    private static func isModifier(_ word: Substring) -> Bool {
        word.hasPrefix("@") || ["public", "package", "internal", "fileprivate", "private"].contains(word)
    }
}
