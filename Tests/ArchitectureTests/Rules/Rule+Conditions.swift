extension Rule {
    private static let traits: Set<Substring> = ["CLI", "Logging", "Metrics", "Tracing", "Lifecycle"]

    /// Traits are tested in one place each.
    ///
    /// A bridge is the file `Observability/<Name>Observer.swift`, wholly inside `#if <Name>`, and so are its tests in
    /// `PostgresWireObservabilityTests/<Name>ObserverTests.swift`; every file of the tool is
    /// wholly inside `#if CLI`, but for the one that stands in for it inside `#if !CLI`.
    static let traitConditions = Rule { file in
        let conditions = traitConditions(in: file)
        if file.target == "OrchestratorCLI" {
            return isWholly(inside: ["#if CLI", "#if !CLI"], file) && conditions.count == 1
                ? [] : ["is not wholly inside one #if CLI"]
        }
        guard !conditions.isEmpty else { return [] }
        if let name = bridge(of: file) {
            return isWholly(inside: ["#if \(name)"], file) && conditions.count == 1
                ? [] : ["is not wholly inside one #if \(name)"]
        }
        return conditions.map { "tests a trait: \($0)" }
    }

    /// No source but a bridge itself names its type, so that a build without the trait lacks nothing.
    static let bridgeNames = Rule { file in
        guard file.components.first == "Sources", bridge(of: file) == nil else { return [] }
        let words = Set(file.code.split { !$0.isLetter && !$0.isNumber && $0 != "_" })
        return traits.map { "\($0)Observer" }.filter { words.contains(Substring($0)) }.sorted()
            .map { "names \($0), which only a trait brings" }
    }

    /// The trait of a bridge or of its tests.
    private static func bridge(of file: SourceFile) -> Substring? {
        let (folder, end) =
            file.target == "PostgresWireObservabilityTests"
            ? ("/PostgresWireObservabilityTests/", "ObserverTests") : ("/Observability/", "Observer")
        guard file.path.contains(folder), file.stem.hasSuffix(end) else { return nil }
        return file.stem.dropLast(end.count)
    }

    private static func traitConditions(in file: SourceFile) -> [Substring] {
        file.code.split(separator: "\n").filter { line in
            let words = line.split { !$0.isLetter && $0 != "#" }
            return (words.first == "#if" || words.first == "#elseif")
                && words.contains { traits.contains($0) }
        }
    }

    private static func isWholly(inside openings: [String], _ file: SourceFile) -> Bool {
        let lines = file.code.split(separator: "\n").map { $0.drop { $0 == " " } }.filter { !$0.isEmpty }
        guard let first = lines.first, openings.contains(String(first)), lines.last == "#endif" else {
            return false
        }
        var depth = 0
        for line in lines.dropLast() {
            if line.hasPrefix("#if") { depth += 1 }
            if line.hasPrefix("#endif") { depth -= 1 }
            if line.hasPrefix("#else") && depth == 1 || depth == 0 { return false }
        }
        return depth == 1
    }
}
