import FoundationEssentials
import JSONModel
import StoreContracts
import Testing

/// What the original computed, read from `Fixtures/memory`.
enum MemoryVectors {
    static let gate = file("gate")
    static let retrieval = file("retrieval")

    private static func file(_ name: String) -> Result<JSONValue, any Error> {
        Result {
            let here = URL(fileURLWithPath: #filePath)
            let root = (1...3).reduce(here) { url, _ in url.deletingLastPathComponent() }
            let data = try Data(contentsOf: root.appendingPathComponent("Fixtures/memory/\(name).json"))
            return try JSONValue(parsing: [UInt8](data))
        }
    }

    static func gateList(_ name: String) throws -> [JSONValue] {
        let list = try #require(try gate.get()[name]?.arrayValue)
        try #require(!list.isEmpty)
        return list
    }
}

extension JSONValue {
    func double(_ key: String) throws -> Double {
        if self[key]?.stringValue == "Infinity" { return .infinity }
        return try #require(self[key]?.doubleValue, "no number \(key)")
    }

    func integer(_ key: String) throws -> Int { try #require(self[key]?.intValue, "no integer \(key)") }

    func list(_ key: String) throws -> [JSONValue] { try #require(self[key]?.arrayValue, "no list \(key)") }

    func text(_ key: String) throws -> String { try #require(self[key]?.stringValue, "no string \(key)") }
}

/// Whether two numbers agree to 1e-10, relative to the greater of 1 and their size, or exactly.
func agree(_ left: Double?, _ right: Double?, to tolerance: Double = 1e-10) -> Bool {
    guard let left, let right else { return left == nil && right == nil }
    return left == right || (left - right).magnitude <= tolerance * max(1, right.magnitude)
}
