package import FoundationEssentials

/// Files of `Fixtures/`.
package enum Fixture {
    /// The bytes of a file, its path relative to `Fixtures/`.
    package static func data(_ path: String) throws -> Data {
        try Data(contentsOf: RepositoryRoot.url.appending(path: "Fixtures").appending(path: path))
    }

    /// A file that holds UTF-8.
    package static func text(_ path: String) throws -> String {
        String(decoding: try data(path), as: UTF8.self)
    }

    /// The names of the files directly in a folder whose names end in `suffix`, in order.
    package static func names(in folder: String, suffix: String) throws -> [String] {
        let path = RepositoryRoot.url.appending(path: "Fixtures").appending(path: folder).path
        return try FileManager.default.contentsOfDirectory(atPath: path)
            .filter { $0.hasSuffix(suffix) }
            .sorted()
    }
}
