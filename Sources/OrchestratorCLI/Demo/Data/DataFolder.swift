#if CLI
import FoundationEssentials

/// Finds the demo's data, from whatever folder the tool is run.
enum DataFolder {
    private static let inClone = "Fixtures/data"

    /// The folder that was named; else `Fixtures/data` of the clone that the tool was built in, or above the tool.
    static func find(named: String?) throws(CommandFailure) -> String {
        if let named { return named }
        var candidates: [String] = []
        var folder = Program.path[...]
        while let slash = folder.lastIndex(of: "/") {
            folder = folder[..<slash]
            candidates.append("\(folder)/\(inClone)")
        }
        // This file lies four folders below the clone's.
        var source = #filePath[...]
        for _ in 0..<5 {
            guard let slash = source.lastIndex(of: "/") else { break }
            source = source[..<slash]
        }
        candidates.append("\(source)/\(inClone)")
        for candidate in candidates where FileManager.default.fileExists(atPath: candidate) {
            return candidate
        }
        throw CommandFailure(
            .configuration, "The demo's data were not found beside the tool or in the clone it was built in",
            remedy: "Name the folder Fixtures/data of a clone with --data")
    }
}
#endif
