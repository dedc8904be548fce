import JSONModel
import Testing

@Suite struct JSONValueTests {
    let sample: JSONValue = ["b": [1, 2.5, nil, true], "a": "x", "c": ["z": 1, "y": []]]

    @Test func `literals, accessors and subscripts agree`() {
        #expect(sample["a"]?.stringValue == "x")
        #expect(sample["b"]?[0]?.intValue == 1)
        #expect(sample["b"]?[1]?.doubleValue == 2.5)
        #expect(sample["b"]?[2]?.isNull == true)
        #expect(sample["b"]?[3]?.boolValue == true)
        #expect(sample["b"]?[4] == nil)
        #expect(sample["b"]?[-1] == nil)
        #expect(sample["nothing"] == nil)
        #expect(sample["a"]?["x"] == nil)
        #expect(sample["c"]?["y"]?.arrayValue?.isEmpty == true)
        #expect(sample["a"]?.intValue == nil)
    }

    @Test func `layouts differ in white space and order only`() throws {
        #expect(sample.jsonText() == #"{"b":[1,2.5,null,true],"a":"x","c":{"z":1,"y":[]}}"#)
        #expect(sample.jsonText(.canonical) == #"{"a":"x","b":[1,2.5,null,true],"c":{"y":[],"z":1}}"#)
        let pretty = """
            {
              "b": [
                1,
                2.5,
                null,
                true
              ],
              "a": "x",
              "c": {
                "z": 1,
                "y": []
              }
            }
            """
        #expect(sample.jsonText(.pretty) == pretty)
        #expect(try JSONValue(parsing: pretty) == sample)
        #expect(String(decoding: sample.jsonBytes(), as: UTF8.self) == sample.description)
    }

    @Test func `strings are escaped no more than needed`() throws {
        let text = "\u{0}\u{8}\t\n\u{B}\u{C}\r\u{1F}\"\\/é\u{7F}\u{2028}😀"
        let written = JSONValue.string(text).jsonText()
        #expect(
            written == #""\u0000\b\t\n\u000b\f\r\u001f\"\\/é"# + "\u{7F}\u{2028}😀\"")
        #expect(try JSONValue(parsing: written) == .string(text))
    }

    @Test func `objects are equal whatever the order of their members`() {
        let other: JSONValue = ["c": ["y": [], "z": 1.0], "a": "x", "b": [1, 2.5, nil, true]]
        #expect(sample == other)
        #expect(sample.hashValue == other.hashValue)
        #expect(sample != ["a": "x"])
        #expect(JSONValue.object(["a": nil]) != JSONValue.object(["b": nil]))
        #expect(JSONValue.array([1, 2]) != [2, 1])
    }

    @Test func `members are set, replaced and removed`() {
        var value: JSONValue = nil
        value["a"] = 1
        value["b"] = ["c": 2]
        value["b"]?["c"] = 3
        value["a"] = "one"
        #expect(value.jsonText() == #"{"a":"one","b":{"c":3}}"#)
        value["a"] = Optional<JSONValue>.none
        #expect(value == ["b": ["c": 3]])
    }

    @Test func `large objects are found by hash and keep their order`() {
        var object = JSONObject()
        for number in 0..<1000 { object["key\(number)"] = .number(number) }
        for number in stride(from: 0, to: 1000, by: 2) { object["key\(number)"] = nil }
        #expect(object.count == 500)
        #expect(object["key501"] == 501)
        #expect(object["key500"] == nil)
        #expect(object.keys.first == "key1")
        #expect(object[499].key == "key999")
        for number in 0..<995 { object.removeValue(forKey: "key\(number)") }
        #expect(object == ["key995": 995, "key997": 997, "key999": 999])
    }

    @Test func `merging lets the other object win`() {
        let left: JSONObject = ["a": 1, "b": 2]
        #expect(left.merging(["b": 3, "c": 4]) == ["a": 1, "b": 3, "c": 4])
        #expect(JSONObject(["b": 1, "a": 2] as [String: JSONValue]).keys == ["a", "b"])
        #expect(JSONObject(left.dictionary) == left)
    }
}
