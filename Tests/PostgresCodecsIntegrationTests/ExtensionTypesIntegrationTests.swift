import PostgresCodecs
import PostgresWire
import TestSupport
import Testing

@Suite struct ExtensionTypesIntegrationTests {
    @Test func `the types of extensions are those of the server`() async throws {
        try await TypeCheck.run(.migrated) { check in
            _ = try await check.connection.script(
                "CREATE EXTENSION hstore; CREATE EXTENSION ltree; CREATE EXTENSION cube")
            var check = check
            check.form = PostgresTextForm(userTypes: try await userTypes(check.connection))
            try await check.check(
                "hstore", [[:], ["": ""], ["a": nil], ["\"\\": "\\\""], ["NULL": "NULL"]] as [PostgresHStore]
            ) {
                random in
                var values: [String: String?] = [:]
                for _ in 0..<random.below(5) {
                    values[random.text()] = random.bool() ? random.text() : .some(nil)
                }
                return PostgresHStore(values)
            }
            let paths: [PostgresLTree] = ["", "Top", "Top.Science.Astronomy", "a_1.b-c"]
            try await check.check("ltree", paths) { random in
                PostgresLTree(
                    (0..<random.below(6)).map { _ in "n\(random.below(1_000))" }.joined(separator: "."))
            }
            try await check.check("lquery", ["*.Astronomy@.*{1,2}", "!a|b", "*"] as [PostgresLQuery]) {
                random in
                PostgresLQuery("*{\(random.below(5))}.n\(random.below(1_000))%")
            }
            try await check.check("ltxtquery", ["Top & !Science@*"] as [PostgresLTxtQuery]) { random in
                PostgresLTxtQuery("a\(random.below(100)) & b\(random.below(100))*")
            }
            let cubes = [
                PostgresCube(point: []), PostgresCube(point: [1, -0.0]), PostgresCube([1, 2], [1, 3]),
                PostgresCube([Double](repeating: 0.1, count: 100), [Double](repeating: 1, count: 100)),
            ]
            try await check.check("cube", cubes) { random in
                let corner = (0..<random.below(5)).map { _ in random.finiteDouble() }
                guard random.bool() else { return PostgresCube(point: corner) }
                return PostgresCube(corner, corner.map { $0.nextUp })
            }
        }
    }

    @Test func `pgvector's types are those of the server`() async throws {
        try await TypeCheck.run(.migrated) { check in
            var check = check
            check.form = PostgresTextForm(userTypes: try await userTypes(check.connection))
            let long = PostgresVector((0..<16_000).map { Float($0) })
            try await check.check("vector", [[0], [-0.0, .leastNonzeroMagnitude], long]) { random in
                PostgresVector((0...random.below(8)).map { _ in random.finiteFloat() })
            }
            try await check.check(
                "halfvec", [PostgresHalfVector([0, 65_504, -65_504, 0x1p-24])], isEqual: nil
            ) {
                random in
                PostgresHalfVector(
                    (0...random.below(8)).map { _ in Float(random.integer(in: -60_000...60_000)) / 7 })
            }
            let sparse = [PostgresSparseVector(dimensions: 1_000_000_000, elements: [999_999_999: 1.5])]
            try await check.check("sparsevec", sparse) { random in
                var elements: [Int: Float] = [:]
                for _ in 0..<random.below(6) { elements[random.below(50)] = random.finiteFloat() }
                return PostgresSparseVector(dimensions: 50, elements: elements)
            }
        }
    }

    private func userTypes(
        _ connection: PostgresConnection
    ) async throws -> [PostgresOID: PostgresTextForm.UserType] {
        let rows = try await connection.collect(
            "SELECT oid, typsend::text FROM pg_type WHERE oid >= 16384 AND typtype = 'b' AND typelem = 0",
            as: (PostgresOID, String).self)
        var types: [PostgresOID: PostgresTextForm.UserType] = [:]
        for (oid, send) in rows { types[oid] = PostgresTextForm.UserType(sendFunction: send) }
        return types
    }
}

extension SeededGenerator {
    fileprivate mutating func finiteFloat() -> Float {
        let value = float()
        return value.isFinite ? value : 0.5
    }
}
