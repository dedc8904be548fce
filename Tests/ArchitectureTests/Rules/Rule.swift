/// Something that holds for every source file.
struct Rule: Sendable {
    /// What the file breaks, one sentence for each place; empty if it keeps the rule.
    let violations: @Sendable (SourceFile) -> [String]

    /// Everything that breaks the rule, with its path.
    func violations(in files: [SourceFile]) -> [String] {
        files.flatMap { file in violations(file).map { "\(file.path): \($0)" } }
    }
}
