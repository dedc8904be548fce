extension Rule {
    private static let traits: Set<Substring> = ["CLI", "Logging", "Metrics", "Tracing", "Lifecycle"]

    /// Traits are tested in one place each.
    ///
    /// A bridge is the file `Observability/<Name>Observer.swift`, wholly inside `#if <Name>`; every file of the tool is
    /// wholly inside `#if CLI`, but for the one that stands in for it inside `#if !CLI`.
    static let traitConditions = Rule { file in
        let conditions = traitConditions(in: file)
        if file.target == "OrchestratorCLI" {
            return isWholly(inside: ["#if CLI", "#if !CLI"], file) && conditions.count == 1
                ? [] : ["is not wholly inside one #if CLI"]
        }
        guard !conditions.isEmpty else { return [] }
        if file.path.contains("/Observability/"), file.stem.hasSuffix("Observer") {
            let name = file.stem.dropLast("Observer".count)
            return isWholly(inside: ["#if \(name)"], file) && conditions.count == 1
                ? [] : ["is not wholly inside one #if \(name)"]
        }
        return conditions.map { "tests a trait: \($0)" }
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
