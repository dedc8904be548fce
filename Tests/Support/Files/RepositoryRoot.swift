package import FoundationEssentials

/// Where the sources of this package lie on the machine that built the tests.
package enum RepositoryRoot {
    /// The folder that holds `Package.swift`.
    package static let url: URL = {
        var folder = URL(filePath: #filePath).deletingLastPathComponent()
        while folder.path.count > 1 {
            let manifest = folder.appending(path: "Package.swift").path
            if FileManager.default.fileExists(atPath: manifest) { return folder }
            folder = folder.deletingLastPathComponent()
        }
        preconditionFailure("no Package.swift above \(#filePath)")
    }()

    /// All files below `folder`, relative to the root and in order, whose names end in `suffix`.
    package static func files(below folder: String, suffix: String) throws -> [String] {
        let base = url.appending(path: folder).path
        return try FileManager.default.subpathsOfDirectory(atPath: base)
            .filter { $0.hasSuffix(suffix) }
            .map { folder + "/" + $0 }
            .sorted()
    }
}
