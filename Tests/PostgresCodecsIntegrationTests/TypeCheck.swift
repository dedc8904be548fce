import FoundationEssentials
import PostgresCodecs
import PostgresProtocol
import PostgresWire
import TestSupport
import Testing

/// Sends values of one type to the server and compares what it makes of them with what the package makes.
///
/// For each value: the server's text is the package's text of the server's bytes; the bytes, read and written again,
/// are the same; the value that comes back is the one that was sent.
struct TypeCheck: Sendable {
    let connection: PostgresConnection
    var form = PostgresTextForm()

    /// How many random values each type gets: 2,000, or 100,000 in the group `types`.
    static let count = ProcessInfo.processInfo.environment["ORCHESTRATOR_TYPES"] == "full" ? 100_000 : 2_000

    /// Runs a body with a connection whose settings are those of the text forms.
    static func run(
        _ template: TestTemplate = .empty,
        _ body: sending @concurrent (TypeCheck) async throws -> Void
    ) async throws {
        try await TestServer.withDatabase(template) { database in
            let connection = try await PostgresConnection.connect(database.configuration)
            defer { connection.close() }
            _ = try await connection.script("SET TimeZone = 'UTC'; SET lc_monetary = 'C'")
            try await body(TypeCheck(connection: connection))
        }
    }

    /// Checks boundary values and as many random ones as `count` says.
    ///
    /// What comes back is compared with what was sent unless the server changes values of this type.
    func check<Value: PostgresEncodable & PostgresDecodable>(
        _ type: String, _ boundaries: [Value?], seed: UInt64 = 7,
        isEqual: (@Sendable (Value, Value) -> Bool)?, _ random: (inout SeededGenerator) -> Value?
    ) async throws {
        var generator = SeededGenerator(seed: seed)
        var values = boundaries.compactMap { $0 }
        #expect(values.count == boundaries.count, "a boundary value of \(type) does not exist")
        while values.count < Self.count + boundaries.count {
            if let value = random(&generator) { values.append(value) }
        }
        var mistakes = 0
        var start = 0
        // Arrays need a type whose number is known; other values go one by one.
        let hasArrays = Value.postgresArrayType != .unspecified
        let step = hasArrays ? 1_000 : 250
        while start < values.count {
            let part = Array(values[start..<min(start + step, values.count)])
            let query = hasArrays ? Self.arrayQuery(type, part) : Self.rowQuery(type, part)
            let rows = try await connection.collect(query, as: (RawCell, String).self)
            #expect(rows.count == part.count, "\(type)")
            for (row, sent) in zip(rows, part) {
                guard let mistake = mistake(row.0, row.1, sent, isEqual) else { continue }
                mistakes += 1
                if mistakes <= 3 { Issue.record("\(type): \(mistake)") }
            }
            start += step
        }
        #expect(mistakes == 0, "\(type)")
    }

    /// Checks values that can be compared.
    func check<Value: PostgresEncodable & PostgresDecodable & Equatable>(
        _ type: String, _ boundaries: [Value?], seed: UInt64 = 7, _ random: (inout SeededGenerator) -> Value?
    ) async throws {
        try await check(type, boundaries, seed: seed, isEqual: { $0 == $1 }, random)
    }

    private static func arrayQuery<Value: PostgresEncodable>(_ type: String, _ values: [Value])
        -> PostgresQuery
    {
        "SELECT v, format('%s', v) FROM unnest(\(values)::\(raw: type)[]) WITH ORDINALITY u(v, n) ORDER BY n"
    }

    private static func rowQuery<Value: PostgresEncodable>(_ type: String, _ values: [Value]) -> PostgresQuery
    {
        var query: PostgresQuery = "SELECT v, format('%s', v) FROM (VALUES "
        for (index, value) in values.enumerated() {
            query = "\(query)\(raw: index == 0 ? "" : ", ")(\(raw: String(index)), \(value)::\(raw: type))"
        }
        return "\(query)) u(n, v) ORDER BY n"
    }

    private func mistake<Value: PostgresEncodable & PostgresDecodable>(
        _ raw: RawCell, _ text: String, _ sent: Value, _ isEqual: ((Value, Value) -> Bool)?
    ) -> String? {
        do {
            let value = try raw.decode(Value.self)
            let written = try raw.text(form)
            guard written == text else { return "the server writes \(text), the package \(written)" }
            if let described = value as? any CustomStringConvertible & PostgresDecodable,
                Value.self is any LosslessStringConvertible.Type
            {
                let back = Self.description(of: described)
                guard back == text || Self.differsInSwift(Value.self) else {
                    return "the server writes \(text), the description is \(back)"
                }
                if let parsed = Self.parsed(text, as: Value.self), let isEqual {
                    guard isEqual(parsed, value) else { return "\(text) is read as another value" }
                }
            }
            var writer = ByteWriter()
            try value.encode(into: &writer)
            let bytes = writer.bytes.withUnsafeBytes { [UInt8]($0) }
            guard bytes == raw.bytes else { return "\(text): bytes \(raw.bytes) became \(bytes)" }
            if let isEqual, !isEqual(value, sent) { return "\(sent) came back as \(value)" }
            return nil
        } catch {
            return "\(text): \(error)"
        }
    }

    private static func description(of value: any CustomStringConvertible) -> String { value.description }

    /// Whether the type is one of Swift's own, whose description is Swift's.
    private static func differsInSwift<Value>(_ type: Value.Type) -> Bool {
        Value.self == Bool.self || Value.self == Double.self || Value.self == Float.self
    }

    private static func parsed<Value>(_ text: String, as type: Value.Type) -> Value? {
        guard let type = Value.self as? any LosslessStringConvertible.Type else { return nil }
        return type.init(text) as? Value
    }
}
