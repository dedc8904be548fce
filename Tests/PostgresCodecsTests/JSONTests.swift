import JSONModel
import PostgresCodecs
import Testing

/// The expected bytes are those of `jsonb_send` and `json_send` of PostgreSQL 18.
@Suite struct JSONTests {
    struct Point: Codable, Equatable {
        var x: Int
        var label: String
    }

    @Test func `jsonb has a version byte before its text`() throws {
        #expect(try encodedHex(["a": 1] as JSONValue) == "017b2261223a317d")
        #expect(try decode(JSONValue.self, "017b2261223a20317d", .jsonb) == ["a": 1])
        #expect(try decode(JSONValue.self, "7b2261223a20317d", .json) == ["a": 1])
        #expect(try decodeText(JSONValue.self, "{\"a\": 1}", .jsonb) == ["a": 1])
        #expect(try decode([JSONValue].self, try encoded([nil, 1] as [JSONValue]), .jsonbArray) == [nil, 1])
        #expect(JSONValue.postgresType == .jsonb)
        #expect(!JSONValue.accepts(.text, .binary))
    }

    @Test func `what jsonb cannot hold is refused`() {
        #expect(throws: EncodingFault.zeroCharacter) { try encoded(["a": ["\u{0}"]] as JSONValue) }
        #expect(throws: EncodingFault.zeroCharacter) { try encoded(["\u{0}": 1] as JSONValue) }
        #expect(throws: EncodingFault.zeroCharacter) { try encoded(PostgresJSONText("\u{0}")) }
        #expect(throws: Never.self) { try encoded("\\u0000" as JSONValue) }
    }

    @Test func `malformed jsonb is refused`() {
        #expect(throws: truncated(1, 0)) { try decode(JSONValue.self, "", .jsonb) }
        #expect(throws: DecodingFault.malformed(.unknownCode(2, offset: 0))) {
            try decode(JSONValue.self, "027b7d", .jsonb)
        }
        #expect(throws: DecodingFault.invalidJSON(JSONFault(.unexpectedEnd, offset: 1))) {
            try decode(JSONValue.self, "017b", .jsonb)
        }
        #expect(throws: DecodingFault.nestedTooDeep(limit: 512)) {
            try decode(JSONValue.self, [UInt8](repeating: UInt8(ascii: "["), count: 10_000), .json)
        }
    }

    @Test func `codable values are stored as jsonb`() throws {
        let point = Point(x: 3, label: "p")
        let sent = try encoded(PostgresJSON(point))
        #expect(sent.first == 1)
        #expect(try decode(PostgresJSON<Point>.self, sent, .jsonb).value == point)
        #expect(try decode(JSONValue.self, sent, .jsonb) == ["x": 3, "label": "p"])
        #expect(throws: DecodingFault.custom("JSONDecoder refused the value")) {
            try decode(PostgresJSON<Point>.self, "017b7d", .jsonb)
        }
        #expect(throws: EncodingFault.custom("JSONEncoder refused the value")) {
            try encoded(PostgresJSON(Double.nan))
        }
    }

    @Test func `raw JSON text passes unread`() throws {
        #expect(try encodedHex(PostgresJSONText("{}")) == "017b7d")
        #expect(try decode(PostgresJSONText.self, "017b2261223a20317d", .jsonb).text == "{\"a\": 1}")
        #expect(try decode(PostgresJSONText.self, "7b7d", .json).text == "{}")
    }

    @Test func `damaged jsonb is refused or read`() {
        let seed = [1] + Array(#"{"a": [1, -2.50, "\u00e9\n", null, true], "b": {"c": {}}}"#.utf8)
        readDamaged(JSONValue.self, [seed], .jsonb)
        readDamaged(PostgresJSONText.self, [seed], .jsonb)
    }
}
