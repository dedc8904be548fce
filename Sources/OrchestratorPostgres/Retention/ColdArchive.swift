internal import FoundationEssentials
internal import Orchestrator
internal import StoreContracts

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// A folder that holds the cold tier: gzip files of JSON lines, and a manifest that lists them.
///
/// A file is written under a name of its own, made durable, read back and compared, and only then given its
/// final name and a line in `manifest.ndjson`. Several programs may use one folder; they take turns at the
/// manifest by a lock.
public struct ColdArchive: Hashable, Sendable {
    /// The folder; it is made when something is first written.
    public let folder: String

    /// What to do where the operating system refuses a file of the folder.
    package static let folderRemedy =
        "Check the folder of the archives, its owner and its free space, then try again."

    static let suffix = ".ndjson.gz"
    private static let unfinished = ".part"
    /// The most that one member may hold unpacked: a row of a gigabyte and what frames it.
    private static let memberLimit = 1 << 30 + 1 << 20

    /// Names a folder; nothing is read or written yet.
    public init(folder: String) { self.folder = folder }

    var manifestPath: String { folder + "/manifest.ndjson" }

    func path(_ name: String) -> String { folder + "/" + name + Self.suffix }

    func unfinishedPath(_ name: String) -> String { path(name) + Self.unfinished }

    /// The archives that the manifest lists, oldest first.
    ///
    /// Blocks.
    func list() throws(StoreError) -> [ArchiveManifest] {
        guard let bytes = try FileAccess.read(manifestPath) else { return [] }
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
        // A line that was cut is of an archive whose runs are still in the tables.
        return lines.compactMap { ArchiveManifest(line: $0) }.sorted {
            ($0.entry.createdAt, $0.entry.name) < ($1.entry.createdAt, $1.entry.name)
        }
    }

    /// The archive with a name; nil if the manifest does not list it.
    ///
    /// Blocks.
    func find(_ name: String) throws(StoreError) -> ArchiveManifest? {
        try list().first { $0.entry.name == name }
    }

    /// Appends to a file that is not finished.
    ///
    /// Blocks.
    func append(_ bytes: [UInt8], to name: String) throws(StoreError) {
        guard let member = Gzip.member(bytes) else {
            throw StoreError(.resourceExhausted, cause: "zlib has no memory")
        }
        let path = unfinishedPath(name)
        try FileAccess.with(path, O_WRONLY | O_CREAT | O_APPEND) { (file) throws(StoreError) in
            try FileAccess.write(member, to: file, path)
        }
    }

    /// Makes an unfinished file durable, reads it back, and gives it its final name.
    ///
    /// Blocks.
    ///
    /// - Throws: `corruptRecord` if what was written cannot be read.
    func publish(_ entry: ArchiveEntry) throws(StoreError) -> ArchiveManifest {
        let path = unfinishedPath(entry.name)
        try FileAccess.with(path, O_RDWR) { (file) throws(StoreError) in try FileAccess.sync(file, path) }
        guard let bytes = try FileAccess.read(path) else {
            throw StoreError(.corruptRecord(table: "archives", id: entry.name), cause: "its file is gone")
        }
        var entry = entry
        entry.bytes = bytes.count
        let manifest = ArchiveManifest(entry: entry, sum: Gzip.crc32(bytes))
        if let problem = Self.problem(in: bytes, manifest) {
            throw StoreError(.corruptRecord(table: "archives", id: entry.name), cause: problem)
        }
        try FileAccess.publish(path, as: self.path(entry.name), in: folder)
        return manifest
    }

    /// Adds a line to the manifest, durably.
    ///
    /// Blocks.
    func enlist(_ manifest: ArchiveManifest) throws(StoreError) {
        try locked { () throws(StoreError) in
            let path = manifestPath
            let old = try FileAccess.read(path) ?? []
            let isCut = old.last.map { $0 != UInt8(ascii: "\n") } ?? false
            try FileAccess.with(path, O_WRONLY | O_CREAT | O_APPEND) { (file) throws(StoreError) in
                try FileAccess.write(
                    Array((isCut ? "\n" : "").utf8) + Array(manifest.line.utf8), to: file, path)
                try FileAccess.sync(file, path)
            }
            try FileAccess.with(folder, O_RDONLY) { (file) throws(StoreError) in
                try FileAccess.sync(file, folder)
            }
        }
    }

    /// Looks at every listed archive and every file, by name.
    ///
    /// Blocks.
    func verify(
        _ looked: @Sendable (_ at: Int, _ of: Int) -> Void
    ) throws(StoreError) -> [ArchiveVerdict] {
        let listed = try list()
        var verdicts: [ArchiveVerdict] = []
        for manifest in listed {
            defer { looked(verdicts.count, listed.count) }
            let bytes = try FileAccess.read(path(manifest.entry.name))
            let problem = bytes.map { Self.problem(in: $0, manifest) } ?? "its file is gone"
            verdicts.append(ArchiveVerdict(name: manifest.entry.name, problem: problem))
        }
        let names = Set(listed.map(\.entry.name))
        for file in try FileAccess.list(folder) {
            if file.hasSuffix(Self.suffix + Self.unfinished) {
                let name = String(file.dropLast(Self.suffix.count + Self.unfinished.count))
                verdicts.append(
                    ArchiveVerdict(
                        name: name, problem: "its file was not finished; its runs never left the tables",
                        isLeftover: true))
            } else if file.hasSuffix(Self.suffix), !names.contains(String(file.dropLast(Self.suffix.count))) {
                verdicts.append(
                    ArchiveVerdict(
                        name: String(file.dropLast(Self.suffix.count)),
                        problem: "the manifest does not list it; its runs never left the tables",
                        isLeftover: true))
            }
        }
        return verdicts.sorted { $0.name < $1.name }
    }

    /// Removes everything of a tenant; tells whether there was something.
    ///
    /// Blocks.
    func erase(_ tenant: TenantID) throws(StoreError) -> Bool {
        let files = try FileAccess.list(folder).filter { $0.hasPrefix(tenant.text + "-") }
        let listed = try list()
        guard !files.isEmpty || listed.contains(where: { $0.entry.tenantID == tenant }) else { return false }
        for file in files { try FileAccess.remove(folder + "/" + file) }
        try locked { () throws(StoreError) in
            let kept = try list().filter { $0.entry.tenantID != tenant }.map(\.line).joined()
            let path = manifestPath + Self.unfinished
            try FileAccess.with(path, O_WRONLY | O_CREAT | O_TRUNC) { (file) throws(StoreError) in
                try FileAccess.write(Array(kept.utf8), to: file, path)
                try FileAccess.sync(file, path)
            }
            try FileAccess.publish(path, as: manifestPath, in: folder)
        }
        return true
    }

    /// Runs `body` while no other program changes the manifest.
    private func locked(_ body: () throws(StoreError) -> Void) throws(StoreError) {
        let path = folder + "/lock"
        try FileAccess.with(path, O_RDWR | O_CREAT) { (file) throws(StoreError) in
            try FileAccess.lock(file, path)
            try body()
        }
    }

    /// What is wrong with the bytes of an archive; nil if nothing is.
    private static func problem(in bytes: [UInt8], _ manifest: ArchiveManifest) -> String? {
        guard bytes.count == manifest.entry.bytes else { return "its file has another length" }
        guard Gzip.crc32(bytes) == manifest.sum else { return "its file has another checksum" }
        var rows = 0
        var isFirst = true
        var counted: Int?
        var offset = 0
        while offset < bytes.count {
            guard let member = Gzip.unpack(bytes[offset...], limit: memberLimit) else {
                return "its file cannot be unpacked"
            }
            offset += member.length
            for line in String(decoding: member.content, as: UTF8.self).split(separator: "\n") {
                guard counted == nil else { return "something follows its last line" }
                if isFirst {
                    guard ArchiveLine.isHeader(line, of: manifest.entry.tenantID) else {
                        return "its first line is none of ours"
                    }
                    isFirst = false
                } else if let count = ArchiveLine.count(line) {
                    counted = count
                } else if ArchiveLine.split(line) != nil {
                    rows += 1
                } else {
                    return "a line of it is none of ours"
                }
            }
        }
        guard let counted else { return "its last line is missing" }
        return counted == rows && rows == manifest.entry.rows ? nil : "rows of it are missing"
    }

    /// Reads the rows of an archive from a place on: those of one member, and the place of the next.
    ///
    /// Blocks.
    ///
    /// - Returns: nil behind the last member.
    /// - Throws: `corruptRecord`.
    func rows(
        of bytes: [UInt8], at offset: Int, name: String
    ) throws(StoreError) -> (rows: [(table: String, row: String)], next: Int)? {
        guard offset < bytes.count else { return nil }
        guard let member = Gzip.unpack(bytes[offset...], limit: Self.memberLimit) else {
            throw StoreError(
                .corruptRecord(table: "archives", id: name), cause: "its file cannot be unpacked")
        }
        let lines = String(decoding: member.content, as: UTF8.self).split(separator: "\n")
        return (lines.compactMap { ArchiveLine.split($0) }, offset + member.length)
    }

    /// Reads the file of an archive and checks all of it.
    ///
    /// Blocks.
    ///
    /// - Throws: `missingRecord`, `corruptRecord`.
    func checkedBytes(_ name: String) throws(StoreError) -> [UInt8] {
        guard let manifest = try find(name) else {
            throw StoreError(.missingRecord(table: "archives", id: name))
        }
        let bytes = try FileAccess.read(path(name))
        guard let bytes, Self.problem(in: bytes, manifest) == nil else {
            let problem = bytes.flatMap { Self.problem(in: $0, manifest) } ?? "its file is gone"
            throw StoreError(.corruptRecord(table: "archives", id: name), cause: problem)
        }
        return bytes
    }
}
