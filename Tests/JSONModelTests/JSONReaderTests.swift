import JSONModel
import Testing

@Suite struct JSONReaderTests {
    @Test func `every kind of value is read`() throws {
        let text =
            #" { "a" : null , "b":[true,false, -0.50 , 12e3], "c":"\u00e4\ud83d\ude00\n/\/" , "d":{} } "#
        let value = try JSONValue(parsing: text)
        #expect(value["a"] == .some(.null))
        #expect(value["b"] == [true, false, -0.5, 12000])
        #expect(value["b"]?[2]?.numberValue?.literal == "-0.50")
        #expect(value["c"]?.stringValue == "ä😀\n//")
        #expect(value["d"]?.objectValue?.isEmpty == true)
        #expect(value.jsonText() == #"{"a":null,"b":[true,false,-0.50,12e3],"c":"ä😀\n//","d":{}}"#)
    }

    @Test func `scalars may stand alone`() throws {
        #expect(try JSONValue(parsing: "null") == .null)
        #expect(try JSONValue(parsing: " 7\n") == 7)
        #expect(try JSONValue(parsing: #""""#) == "")
        #expect(try JSONValue(parsing: Array("true".utf8)) == true)
        #expect(try JSONValue(parsing: Array("[1]".utf8).span.bytes) == [1])
    }

    @Test func `of two members with one name the last wins`() throws {
        let value = try JSONValue(parsing: #"{"a":1,"b":2,"a":3}"#)
        #expect(value == ["a": 3, "b": 2])
        #expect(value.objectValue?.count == 2)
    }

    @Test func `names that differ only in their spelling of a character stay apart`() throws {
        let value = try JSONValue(parsing: #"{"\u00e9":1,"e\u0301":2}"#)
        #expect(value.objectValue?.count == 2)
        #expect(value["\u{e9}"] == 1)
        #expect(value["e\u{301}"] == 2)
        #expect(JSONValue.string("\u{e9}") != JSONValue.string("e\u{301}"))
    }

    @Test(
        arguments: [
            ("", .unexpectedEnd, 0), ("  ", .unexpectedEnd, 2), ("[", .unexpectedEnd, 1),
            ("[1", .unexpectedEnd, 2), ("[1,", .unexpectedEnd, 3), ("{\"a\"", .unexpectedEnd, 4),
            ("{\"a\":", .unexpectedEnd, 5), ("{\"a\":1", .unexpectedEnd, 6), ("\"abc", .unexpectedEnd, 4),
            ("\"abc\\", .unexpectedEnd, 5), ("\"\\u12", .unexpectedEnd, 5), ("nul", .unexpectedEnd, 3),
            ("-", .unexpectedEnd, 1), ("1.", .unexpectedEnd, 2), ("1e", .unexpectedEnd, 2),
            ("1e+", .unexpectedEnd, 3),
            ("[1,]", .unexpectedByte, 3), ("{\"a\":1,}", .unexpectedByte, 7), ("{a:1}", .unexpectedByte, 1),
            ("{1:1}", .unexpectedByte, 1), ("[1 2]", .unexpectedByte, 3), ("{\"a\" 1}", .unexpectedByte, 5),
            ("[1}", .unexpectedByte, 2), ("{\"a\":1]", .unexpectedByte, 6), ("nulL", .unexpectedByte, 3),
            ("True", .unexpectedByte, 0), ("NaN", .unexpectedByte, 0), ("+1", .unexpectedByte, 0),
            (".5", .unexpectedByte, 0), ("'a'", .unexpectedByte, 0), ("\u{FEFF}1", .unexpectedByte, 0),
            ("/* */1", .unexpectedByte, 0), ("[,1]", .unexpectedByte, 1),
            ("1 2", .trailingContent, 2), ("{}x", .trailingContent, 2), ("null,", .trailingContent, 4),
            ("\u{B}1", .unexpectedByte, 0),
            ("01", .invalidNumber, 1), ("-01", .invalidNumber, 2), ("-a", .invalidNumber, 1),
            ("[1.]", .invalidNumber, 3), ("[1e]", .invalidNumber, 3), ("1.e3", .invalidNumber, 2),
            ("1e1234567890", .exponentOutOfRange, 11), ("1x", .trailingContent, 1),
            ("0x10", .trailingContent, 1),
            ("\"\\x\"", .invalidEscape, 1), ("\"\\u12g4\"", .invalidEscape, 1),
            ("\"\\ud800\"", .loneSurrogate, 1), ("\"\\ud800\\n\"", .loneSurrogate, 1),
            ("\"\\ud800\\u0041\"", .loneSurrogate, 1), ("\"a\\udc00\"", .loneSurrogate, 2),
            ("\"\\udc00\\ud800\"", .loneSurrogate, 1),
            ("\"a\nb\"", .controlCharacter, 2), ("\"12345678\u{1F}12345678\"", .controlCharacter, 9),
            ("\"a\u{0}\"", .controlCharacter, 2),
        ] as [(String, JSONFault.Reason, Int)])
    func `malformed text names its mistake and the place`(text: String, reason: JSONFault.Reason, offset: Int)
    {
        #expect(throws: JSONFault(reason, offset: offset)) { try JSONValue(parsing: text) }
    }

    @Test(
        arguments: [
            [0x22, 0x80, 0x22], [0x22, 0xC0, 0xAF, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22],
            [0x22, 0xF5, 0x80, 0x80, 0x80, 0x22], [0x22, 0xE2, 0x82, 0x22], [0x22, 0x5C, 0x6E, 0xFF, 0x22],
            [0x22, 0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39, 0xFE, 0x22],
        ] as [[UInt8]])
    func `bytes that are not UTF-8 are refused`(bytes: [UInt8]) {
        #expect(throws: JSONFault(.invalidUTF8, offset: 1)) { try JSONValue(parsing: bytes) }
    }

    @Test func `the depth is limited exactly`() throws {
        let limits = JSONLimits(depth: 5)
        #expect(try JSONValue(parsing: "[[[[[]]]]]", limits: limits) == [[[[[]]]]])
        #expect(throws: JSONFault(.tooDeep(limit: 5), offset: 5)) {
            try JSONValue(parsing: "[[[[[[]]]]]]", limits: limits)
        }
        #expect(
            try JSONValue(parsing: "[[],[],{\"a\":[]}]", limits: JSONLimits(depth: 3)).arrayValue?.count == 3)
        #expect(try JSONValue(parsing: "1", limits: JSONLimits(depth: 0)) == 1)
    }

    @Test func `the default depth is 128 and the greatest is 512`() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: #"{"a":"#, count: depth) + "1" + String(repeating: "}", count: depth)
        }
        _ = try JSONValue(parsing: nested(128))
        #expect(throws: JSONFault(.tooDeep(limit: 128), offset: 640)) { try JSONValue(parsing: nested(129)) }
        let limits = JSONLimits(depth: 1_000_000)
        let deep = try JSONValue(parsing: nested(512), limits: limits)
        #expect(deep == deep && deep.hashValue == deep.hashValue)
        #expect(throws: JSONFault(.tooDeep(limit: 512), offset: 2560)) {
            try JSONValue(parsing: nested(513), limits: limits)
        }
        #expect(throws: JSONFault(.tooDeep(limit: 128), offset: 128)) {
            try JSONValue(parsing: String(repeating: "[", count: 1_000_000))
        }
    }

    @Test func `the size is limited exactly`() throws {
        #expect(try JSONValue(parsing: "[1,2]", limits: JSONLimits(bytes: 5)) == [1, 2])
        #expect(throws: JSONFault(.tooLong(limit: 5), offset: 5)) {
            try JSONValue(parsing: "[1,20]", limits: JSONLimits(bytes: 5))
        }
    }

    @Test func `strings of every length and every escape position are read`() throws {
        for length in 0..<40 {
            for place in 0...length {
                let plain = String(repeating: "x", count: place)
                let rest = String(repeating: "y", count: length - place)
                #expect(try JSONValue(parsing: "\"\(plain)\\n\(rest)\"").stringValue == "\(plain)\n\(rest)")
                #expect(try JSONValue(parsing: "\"\(plain)é\(rest)\"").stringValue == "\(plain)é\(rest)")
                #expect(try JSONValue(parsing: "\"\(plain)\(rest)\"").stringValue == plain + rest)
            }
        }
    }

    @Test func `mutated text never traps and what is read is written back equal`() throws {
        let seed =
            #"{"run":"a\u00e4\ud83d\ude00\n","n":[0,-1,1.50e-3,9223372036854775808],"o":{"t":true,"z":null}}"#
        let original = Array(seed.utf8)
        let interesting = Array("\"\\{}[],:0123456789eE+-.utfn\u{0}\u{1f} ".utf8) + [0x80, 0xC3, 0xED, 0xFF]
        var random = SeededGenerator(state: 42)
        var accepted = 0
        for _ in 0..<20_000 {
            var bytes = original
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes[place] = interesting[Int.random(in: 0..<interesting.count, using: &random)]
                case 1: bytes.remove(at: place)
                case 2: bytes.insert(bytes[place], at: place)
                default: bytes.removeSubrange(place...)
                }
                if bytes.isEmpty { break }
            }
            guard let value = try? JSONValue(parsing: bytes) else { continue }
            accepted += 1
            let again = try JSONValue(parsing: value.jsonBytes())
            #expect(again == value)
        }
        #expect(accepted > 500)
    }
}
