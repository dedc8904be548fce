extension Rule {
    private static let forbiddenNames: Set<Substring> = [
        "Utils", "Util", "Utilities", "Helpers", "Helper", "Common", "Manager", "Managers", "Misc",
    ]

    /// Folders and files say what is in them.
    static let names = Rule { file in
        let stems = file.components.dropLast() + [file.stem]
        return stems.filter { forbiddenNames.contains($0) }.map { "the name \($0) says nothing" }
    }

    /// No path of somebody's machine is in a source.
    static let machinePaths = Rule { file in
        file.lines.enumerated().flatMap { (index, line) in
            homes.filter { line.contains($0) }.map { "line \(index + 1): a path of one machine, \($0)" }
        }
    }

    /// Spelled in parts, so that this file keeps its own rule.
    private static let homes = ["work", "root", "home", "Users"].map { "/\($0)/" }

    /// What is left to do is in an issue.
    static let leftovers = Rule { file in
        file.lines.enumerated().flatMap { (index, line) in
            marks.filter { line.contains($0) }.map { "line \(index + 1): \($0)" }
        }
    }

    private static let marks = ["TO", "FIX"].map { $0 == "TO" ? $0 + "DO" : $0 + "ME" }

    /// Tests that need a server say so in the name of their target or file.
    static let integrationTests = Rule { file in
        guard file.components.first == "Tests", let target = file.target, target != "Support" else {
            return []
        }
        if target.hasSuffix("IntegrationTests") || file.stem.hasSuffix("IntegrationTests") { return [] }
        let needsServer =
            file.code.contains("TestServer.") || importedModules(file).contains("EmbeddedPostgres")
        return needsServer ? ["needs a server, so its name must end in IntegrationTests"] : []
    }
}
