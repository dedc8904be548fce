import FoundationEssentials
import TestSupport

/// A file of the repository: its path relative to the root, and its text.
struct SourceFile: Sendable {
    let path: String
    let text: String
    /// The text without comments and without what stands in string literals.
    let code: String

    init(path: String, text: String) {
        self.path = path
        self.text = text
        code = CodeScanner.code(of: text)
    }

    /// The lines, without their ends.
    var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }

    /// How many lines the file has; the line break at its end begins no further one.
    var lineCount: Int { text.hasSuffix("\n") ? lines.count - 1 : lines.count }

    /// The folders of the path and the name of the file.
    var components: [Substring] { path.split(separator: "/") }

    /// The target a file belongs to by its folder; nil outside of `Sources`, `Migrations` and `Tests`.
    var target: String? {
        switch components.first {
        case "Sources", "Tests": components.count > 2 ? String(components[1]) : nil
        case "Migrations": "OrchestratorMigrations"
        default: nil
        }
    }

    /// The name of the file without what follows its first dot.
    var stem: Substring { (components.last ?? "").prefix { $0 != "." } }

    /// All Swift files below the folders that hold code, read once.
    static let all = Result {
        try ["Sources", "Migrations", "Tests"].flatMap { folder -> [SourceFile] in
            try RepositoryRoot.files(below: folder, suffix: ".swift").map { path in
                let data = try Data(contentsOf: RepositoryRoot.url.appending(path: path))
                return SourceFile(path: path, text: String(decoding: data, as: UTF8.self))
            }
        }
    }
}
