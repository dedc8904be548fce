import FoundationEssentials
import JSONModel
import Testing

@testable import Orchestrator

/// What the original engine did, read from `Fixtures/runtime/runtime.json`.
enum RuntimeVectors {
    /// The members of the file.
    static let file: Result<JSONValue, any Error> = Result {
        let here = URL(fileURLWithPath: #filePath)
        let root = (1...4).reduce(here) { url, _ in url.deletingLastPathComponent() }
        let data = try Data(contentsOf: root.appendingPathComponent("Fixtures/runtime/runtime.json"))
        return try JSONValue(parsing: [UInt8](data))
    }

    /// The entries of one list of the file; never empty.
    static func list(_ name: String) throws -> [JSONValue] {
        let entries = try #require(try file.get()[name]?.arrayValue)
        try #require(!entries.isEmpty)
        return entries
    }

    /// A member of the file.
    static func value(_ name: String) throws -> JSONValue {
        try #require(try file.get()[name])
    }
}

/// The fields that the original engine does not have.
let ownFields = ["active_elapsed_ms", "applied_response_keys", "supervisor_counts"]

extension JSONValue {
    /// This object without the given members.
    func without(_ keys: [String]) -> JSONValue {
        var copy = self
        for key in keys { copy[key] = nil }
        return copy
    }

    /// A member that must be there.
    func member(_ key: String) throws -> JSONValue { try #require(self[key], "no member \(key)") }

    /// A string member that must be there.
    func text(_ key: String) throws -> String { try #require(self[key]?.stringValue, "no string \(key)") }
}
