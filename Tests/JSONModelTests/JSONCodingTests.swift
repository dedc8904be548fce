import JSONModel
import Testing

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

@Suite struct JSONCodingTests {
    struct Step: Codable, Equatable {
        var name: String
        var retries: Int
        var weight: Double
        var extra: JSONValue
        var note: String?
    }

    @Test func `encodable values become JSON and come back`() throws {
        let step = Step(name: "draft", retries: 3, weight: 0.25, extra: ["k": [1, nil]], note: nil)
        let value = try JSONValue(encoding: step)
        #expect(value == ["name": "draft", "retries": 3, "weight": 0.25, "extra": ["k": [1, nil]]])
        #expect(try value.decode(Step.self) == step)
        #expect(try JSONValue(encoding: value) == value)
        #expect(try JSONValue(encoding: "x") == "x")
        #expect(try JSONValue("x").decode(String.self) == "x")
    }

    @Test func `a value of the wrong shape throws`() {
        #expect(throws: DecodingError.self) { try JSONValue.object(["name": 1]).decode(Step.self) }
    }

    @Test(arguments: [
        "null", "true", "[]", "{}", "\"a\\u0000\\n\"", "[1,-5,0.1,1e300,123456789012345678901234567890]",
        "{\"a\":{\"b\":[{\"c\":18446744073709551615}]}}", "0.12345678901234567890123", "9007199254740993",
    ])
    func `values pass through Foundation's coders`(text: String) throws {
        let value = try JSONValue(parsing: text)
        let data = try JSONEncoder().encode(value)
        #expect(try JSONValue(parsing: [UInt8](data)) == value)
        #expect(try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8)) == value)
    }

    @Test func `a number beyond every coder's range is refused`() throws {
        let value = try JSONValue(parsing: "1e400")
        #expect(throws: EncodingError.self) { try JSONEncoder().encode(value) }
    }
}
