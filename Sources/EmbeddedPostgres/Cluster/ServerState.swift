#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// What must be known of a named server to find it again; kept in a file that only its owner can read.
struct ServerState: Codable, Sendable, Equatable {
    static let user = "orchestrator"
    static let database = "orchestrator"

    var password: String
    var dataFolder: String
    var binFolder: String
    /// As the server says it, for instance `18.6`; empty until it ran once.
    var version = ""
    /// Zero until it ran once.
    var port = 0
    /// The folder of the Unix socket; empty until it ran once.
    var socketFolder = ""

    /// 24 random bytes from the system's generator, in hexadecimal.
    static func newPassword() -> String {
        var generator = SystemRandomNumberGenerator()
        return (0..<24).map { _ in
            let byte = String(UInt8.random(in: 0...255, using: &generator), radix: 16)
            return byte.count == 1 ? "0" + byte : byte
        }.joined()
    }

    var url: String {
        "postgres://\(Self.user):\(password)@127.0.0.1:\(port)/\(Self.database)"
    }

    var unixSocketURL: String {
        let folder = socketFolder.utf8.map { byte in
            byte.isWordByte || byte == 0x2D || byte == 0x2E
                ? String(Unicode.Scalar(byte))
                : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }.joined()
        return "postgres://\(Self.user):\(password)@localhost:\(port)/\(Self.database)?host=\(folder)"
    }

    /// Reads a state file; nil if there is none or it cannot be understood.
    static func read(_ path: String) -> ServerState? {
        guard let text = FileStore.read(path) else { return nil }
        return try? JSONDecoder().decode(ServerState.self, from: Data(text.utf8))
    }

    func write(to path: String) throws(EmbeddedPostgresError) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        guard let data = try? encoder.encode(self) else {
            throw .folderUnusable(path: path, reason: "the state cannot be written as JSON")
        }
        try FileStore.write(String(decoding: data, as: UTF8.self) + "\n", to: path)
    }
}
