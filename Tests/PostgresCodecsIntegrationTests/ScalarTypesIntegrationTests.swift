import FoundationEssentials
import PostgresWire
import TestSupport
import Testing

@Suite struct ScalarTypesIntegrationTests {
    @Test func `numbers are those of the server`() async throws {
        try await TypeCheck.run { check in
            try await check.check("bool", [true, false]) { $0.bool() }
            try await check.check("int2", [Int16.min, -1, 0, 1, .max]) { $0.integer() }
            try await check.check("int4", [Int32.min, -1, 0, 1, .max]) { $0.integer() }
            try await check.check("int8", [Int64.min, -1, 0, 1, .max]) { $0.integer() }
            try await check.check("oid", [0, 1, UInt32.max].map(PostgresOID.init(rawValue:))) {
                PostgresOID(rawValue: $0.integer())
            }
            try await check.check(
                "money",
                [Int64.min, -100, -99, -1, 0, 1, 99, 100, 99_999, 100_000, .max].map(PostgresMoney.init)
            ) {
                PostgresMoney(minorUnits: $0.integer())
            }
            let numerics = [
                "NaN", "Infinity", "-Infinity", "0", "0.00", "-0.0001", "10000", "99999999", "1e130",
                "1e-130",
                "9999.9999", "0.00000000000000000001", "-123456789012345678901234567890.123456789",
            ]
            try await check.check("numeric", numerics.map { PostgresNumeric($0) }) { $0.numeric() }
        }
    }

    @Test func `floating-point numbers have the server's shortest text`() async throws {
        try await TypeCheck.run { check in
            let doubles: [Double] = [
                0, -0.0, .nan, .infinity, -.infinity, .greatestFiniteMagnitude, -.greatestFiniteMagnitude,
                .leastNormalMagnitude, .leastNonzeroMagnitude, 1e14, 1e15, 1e16, 123_456_789_012_345,
                999_999_999_999_999, 1e22, 1e23, 9_007_199_254_740_992, 0.1, 0.0001, 0.00001, 1.5e300,
                2.2250738585072014e-308, 9.5e-44, 8.41e21, 2.0e-3,
            ]
            let powers = (-1_074...1_023).map { Double(sign: .plus, exponent: $0, significand: 1) }
            try await check.check("float8", doubles + powers, isEqual: { $0 == $1 || $0.isNaN && $1.isNaN }) {
                $0.double()
            }
            let floats: [Float] = [
                0, -0.0, .nan, .infinity, -.infinity, .greatestFiniteMagnitude, .leastNonzeroMagnitude, 1e5,
                1e6,
                123_456, 1_234_567, 0.1, 0.0001, 0.00001, 16_777_216, 8.5899346e9, 2.0e-3,
            ]
            let small = (-149...127).map { Float(sign: .plus, exponent: $0, significand: 1) }
            try await check.check("float4", floats + small, isEqual: { $0 == $1 || $0.isNaN && $1.isNaN }) {
                $0.float()
            }
        }
    }

    @Test func `texts and bytes are those of the server`() async throws {
        try await TypeCheck.run { check in
            let texts = ["", " ", "null", "\"", "\\", "{}", "ä", "\u{10FFFF}", "a\u{300}", "\u{1}\u{7F}"]
            for type in ["text", "varchar"] { try await check.check(type, texts) { $0.text(30) } }
            try await check.check("bytea", [[], [0], [255], [92, 120]]) { $0.bytes($0.below(40)) }
            try await check.check("uuid", [UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))]) {
                UUID(uuidString: $0.uuidText())
            }
            try await check.check("\"char\"", (0...255).map { PostgresCharacter(byte: UInt8($0)) }) {
                PostgresCharacter(byte: $0.integer())
            }
        }
    }

    @Test func `numbers inside of the server are those of the server`() async throws {
        try await TypeCheck.run { check in
            try await check.check("xid", [0, 3, 4_294_967_295] as [PostgresTransactionID]) {
                PostgresTransactionID(rawValue: $0.integer())
            }
            try await check.check("cid", [0, 1, 4_294_967_295] as [PostgresCommandID]) {
                PostgresCommandID(rawValue: $0.integer())
            }
            try await check.check("xid8", [0, 3, 18_446_744_073_709_551_615] as [PostgresFullTransactionID]) {
                PostgresFullTransactionID(rawValue: $0.integer())
            }
            try await check.check("pg_lsn", [0, 1, 0xFFFF_FFFF, 0x1_0000_0000] as [PostgresLSN]) {
                PostgresLSN(rawValue: $0.integer())
            }
            let places: [PostgresTupleID] = [.init(block: 0, offset: 0), .init(block: .max, offset: .max)]
            try await check.check("tid", places) {
                PostgresTupleID(block: $0.integer(), offset: $0.integer())
            }
            try await check.check("pg_snapshot", [PostgresSnapshot(minimum: 1, maximum: 1, running: [])]) {
                $0.snapshot()
            }
        }
    }

    @Test func `bits are those of the server`() async throws {
        try await TypeCheck.run { check in
            let bits = ["", "0", "1", "10000000", "11111111", "100000001"].map { PostgresBits($0) }
            try await check.check("varbit", bits) { $0.bits($0.below(70)) }
            for width in [1, 7, 8, 9, 64] {
                try await check.check("bit(\(width))", [PostgresBits([Bool](repeating: true, count: width))])
                {
                    $0.bits(width)
                }
            }
        }
    }

    @Test func `JSON paths come back as they went`() async throws {
        try await TypeCheck.run { check in
            let paths: [PostgresJSONPath] = [
                "$", "$.\"a\"", "strict $.\"a\"[*]?(@ > 1)", "$.\"a\".\"b c\"[0 to 3]", "$[*].\"ä\".type()",
                "(1 + 2)", "$.\"price\"?(@ < 10.5 && @ != null)",
            ]
            try await check.check("jsonpath", paths) { random in
                let names = (0...random.below(4)).map { _ in "\"n\(random.below(1_000))\"" }
                return PostgresJSONPath("$." + names.joined(separator: "."))
            }
        }
    }
}

extension SeededGenerator {
    fileprivate mutating func numeric() -> PostgresNumeric? {
        var text = bool() ? "-" : ""
        for _ in 0...below(30) { text += String(below(10)) }
        if bool() {
            text += "."
            for _ in 0...below(20) { text += String(below(10)) }
        }
        if below(4) == 0 { text += "e\(below(80) - 40)" }
        return PostgresNumeric(text)
    }

    fileprivate mutating func uuidText() -> String {
        let digits = bytes(16).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
        return [0..<4, 4..<6, 6..<8, 8..<10, 10..<16].map { digits[$0].joined() }.joined(separator: "-")
    }

    fileprivate mutating func bits(_ count: Int) -> PostgresBits {
        PostgresBits((0..<count).map { _ in bool() })
    }

    fileprivate mutating func snapshot() -> PostgresSnapshot? {
        let minimum = next() % (1 << 62) + 1
        var running: [PostgresFullTransactionID] = []
        var number = minimum
        for _ in 0..<below(6) {
            running.append(PostgresFullTransactionID(rawValue: number))
            number += UInt64(1 + below(100))
        }
        return PostgresSnapshot(
            minimum: PostgresFullTransactionID(rawValue: minimum),
            maximum: PostgresFullTransactionID(rawValue: number), running: running)
    }
}
