import JSONModel
import Testing

@Suite struct JSONNumberTests {
    @Test(arguments: [
        "0", "-0", "7", "-7", "9223372036854775807", "-9223372036854775808", "9223372036854775808",
        "123456789012345678901234567890", "0.70", "1e400", "-1E+5", "0.000", "100e-2", "999999999999999999",
        "1000000000000000000",
    ])
    func `a number is written as it was read`(literal: String) throws {
        #expect(try JSONValue(parsing: literal).jsonText() == literal)
        #expect(JSONNumber(literal: literal)?.literal == literal)
    }

    @Test(arguments: [
        ("1", "1.0"), ("1", "10e-1"), ("0", "-0"), ("0", "0.00e7"), ("0.7", "0.70"), ("1e400", "10e399"),
        ("-9223372036854775808", "-9.223372036854775808e18"), ("12000", "12e3"), ("1e-2", "0.01"),
    ])
    func `numbers of one value are equal and hash equally`(left: String, right: String) throws {
        let left = try JSONValue(parsing: left)
        let right = try JSONValue(parsing: right)
        #expect(left == right)
        #expect(left.hashValue == right.hashValue)
        #expect(left.jsonText(.canonical) == right.jsonText(.canonical))
    }

    @Test(arguments: [
        ("1", "-1"), ("9007199254740993", "9007199254740992.0"), ("0.1", "0.10000000000000001"),
    ])
    func `numbers of different value differ`(left: String, right: String) throws {
        #expect(try JSONValue(parsing: left) != JSONValue(parsing: right))
    }

    @Test func `integers are exact or nil`() throws {
        #expect(JSONNumber(literal: "9223372036854775807")?.intValue == .max)
        #expect(JSONNumber(literal: "-9223372036854775808")?.intValue == .min)
        #expect(JSONNumber(literal: "9223372036854775808")?.intValue == nil)
        #expect(JSONNumber(literal: "-9223372036854775809")?.intValue == nil)
        #expect(JSONNumber(literal: "1.50e1")?.intValue == 15)
        #expect(JSONNumber(literal: "1.55e1")?.intValue == nil)
        #expect(JSONNumber(literal: "1e18")?.intValue == 1_000_000_000_000_000_000)
        #expect(JSONNumber(literal: "1e999999999")?.intValue == nil)
        #expect(JSONNumber(UInt64.max).literal == "18446744073709551615")
    }

    @Test func `doubles are nearest or nil`() {
        #expect(JSONNumber(literal: "0.1")?.doubleValue == 0.1)
        #expect(JSONNumber(literal: "1e400")?.doubleValue == nil)
        #expect(JSONNumber(literal: "1e-400")?.doubleValue == 0)
        #expect(JSONNumber(Double.nan) == nil)
        #expect(JSONNumber(Double.infinity) == nil)
    }

    @Test func `doubles are written by their shortest text`() {
        #expect(JSONNumber(0.1)?.literal == "0.1")
        #expect(JSONNumber(100.0)?.literal == "100")
        #expect(JSONNumber(-0.0)?.literal == "-0")
        #expect(JSONNumber(1e21)?.literal == "1e+21")
        #expect(JSONNumber(Double.leastNonzeroMagnitude)?.literal == "5e-324")
        #expect(JSONNumber(1.7976931348623157e308)?.literal == "1.7976931348623157e+308")
        #expect(JSONNumber(0.7 as Float)?.literal == "0.7")
        #expect(JSONValue.number(0.7) == 0.70)
    }

    @Test(arguments: ["", " 1", "1 ", "01", "1.", "true", "NaN", "\"1\""])
    func `text that is no number is refused`(text: String) {
        #expect(JSONNumber(literal: text) == nil)
    }
}
