extension Rule {
    /// Files stay short: 400 lines, 500 for machines, promises and tests; generated files are free.
    static let fileSize = Rule { file in
        if file.components.contains("Generated") { return [] }
        let isLarge =
            file.components.first == "Tests" || file.components.contains("Machines")
            || file.stem.hasSuffix("Machine") || file.stem.hasSuffix("Promises")
        let limit = isLarge ? 500 : 400
        return file.lineCount > limit ? ["\(file.lineCount) lines, at most \(limit) are allowed"] : []
    }
}
