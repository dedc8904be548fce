import JSONModel
import Testing

@testable import Orchestrator

struct ConditionTests {
    private static let state = testState(memory: [
        "n": 5, "s": "A", "t": true, "arr": [1, 2, "x"], "same": [1.0, 2, "x"], "one": [7],
        "o": ["k": ["d": 2]],
        "empty": [:], "text": "café", "big": 1_000_000_000_000_000_000_000.0,
    ])

    private static func value(_ text: String) throws -> ConditionValue {
        try ConditionExpression(text).value(in: state)
    }

    @Test(arguments: [
        ("not(memory.t)", false), ("not (memory.n > 4) or memory.t", true),
        ("memory.arr == memory.same", true),
        ("memory.arr == (1, 2, 'x')", true), ("memory.one > 6", true), ("memory.n in memory.one", false),
        ("memory.n not in (1, 2) and memory.t", true), ("memory.t ? memory.n == 5 : memory.t", true),
        ("if memory.t then memory.n > 1 else memory.x", true), ("d of k of o of memory == 2", true),
        ("k.d of o of memory == 2", true), ("memory.arr.01 == 2", false),
        ("memory.arr.9 == memory.none", true),
        ("-7 mod 3 == 2", true), ("7 mod -3 == -2", true), ("-7 % 3 == 2", true), ("2 ^ -1 == 0.5", true),
        ("memory.n==5and memory.t", true), ("exists(memory.empty)", true), ("empty(memory.empty)", false),
        ("length(memory.text) == 4", true), ("includes(memory.arr, 'y')", false), ("round(-0.4) == 0", true),
        ("max() < 0", true), ("abs('5') == 5", false), ("number(' 12 ') == 12", true),
        ("number('.5e1') == 5", true),
        ("number('1e') == 0", true), ("number('0b101') == 5", true), ("number('12px') == 0", true),
        ("number() == 0", true), ("typeof((1, 2)) == 'object'", true),
        ("typeof(memory.t) == 'boolean'", true),
        ("lower(memory.n) == 5", true), ("goal == \"g\" and status == 'running'", true),
        ("current_node == memory.none", true), ("max_iterations == 50", true),
        ("memory.$x == memory.none", true),
        ("1 + 'A' == '1A'", true), ("'A' + 0.5 == 'A0.5'", true), ("'' + 1 / 0 == 'Infinity'", true),
        ("'' + memory.big == '1e+21'", true), ("'' + 0.0000001 == '1e-7'", true),
        ("'' + 0.00001 == '0.00001'", true),
        ("'' + 123456.75 == '123456.75'", true), ("'' + -0 == '0'", true), ("'' + 100 == '100'", true),
        ("'' + 1.25e == 'x'", false),
    ])
    func `an expression is true or not`(text: String, expected: Bool) {
        let isTrue = (try? ConditionExpression(text).isTrue(in: Self.state)) ?? false
        #expect(isTrue == expected)
    }

    @Test(arguments: [
        "memory.n => 1", "()", "(1,)", "memory.n 5", "f(", "not", "1 in", "if 1 then 2", "a ? b", "\"a\\n\"",
        "\"a",
        "memory.n ! 1", "1..2", "1.", ".5", "#", "{}", "a of 5 of", "5 of memory", "é", "memory.s == 'it's'",
    ])
    func `a malformed expression is a syntax error`(text: String) {
        #expect(throws: ConditionSyntaxError.self) { try ConditionExpression(text) }
    }

    @Test func `a syntax error says where and what`() {
        let error = #expect(throws: ConditionSyntaxError.self) {
            try ConditionExpression("memory.n > (1 + ) 2")
        }
        #expect(error?.description == "expected a value and found `)` at byte 16")
        #expect(throws: ConditionSyntaxError(offset: 9, problem: .unexpectedCharacter("="))) {
            try ConditionExpression("memory.n = 5")
        }
    }

    @Test(arguments: [
        "memory.t + 1", "memory.none + 1", "-memory.s", "memory.s > 'A'", "memory.t > 0", "memory.arr > 1",
        "not memory.n", "memory.t and memory.n", "memory.n or memory.t", "if memory.n then 1 else 2",
        "nope(1)", "memory.n ~= '5'", "memory.s ~= memory.n", "memory.s ~= '(a+)+'",
    ])
    func `an unsuitable operand is an evaluation error`(text: String) throws {
        let expression = try ConditionExpression(text)
        #expect(throws: ConditionEvaluationError.self) { try expression.value(in: Self.state) }
    }

    @Test func `conditions short-circuit from the left`() throws {
        #expect(try Self.value("memory.t or nope()") == .bool(true))
        #expect(try Self.value("memory.n > 9 and nope()") == .bool(false))
        #expect(try Self.value("5 < memory.n < nope()") == .bool(false))
        #expect(throws: ConditionEvaluationError.unknownFunction("nope")) {
            try Self.value("nope() or memory.t")
        }
    }

    @Test func `only own data is reachable`() throws {
        for name in ["constructor", "toString", "__proto__", "arr.length", "s.length", "s.0"] {
            #expect(try Self.value("memory.\(name)") == .undefined, "\(name)")
        }
    }

    @Test func `taint is visible as names`() throws {
        var state = Self.state
        #expect(try ConditionExpression("tainted").value(in: state) == .bool(false))
        state.taintRegistry = [
            "b": TaintMetadata(source: "x", createdAt: ""), "a": TaintMetadata(source: "x", createdAt: ""),
        ]
        #expect(try ConditionExpression("tainted").value(in: state) == .bool(true))
        #expect(try ConditionExpression("tainted_keys").value(in: state) == .array(["a", "b"]))
    }

    @Test func `a text of 10000 bytes compiles and one more does not`() throws {
        let text = "memory.n == " + String(repeating: " ", count: 10_000 - 13) + "5"
        #expect(text.utf8.count == 10_000)
        #expect(try Self.value(text) == .bool(true))
        #expect(throws: ConditionSyntaxError(offset: 10_000, problem: .tooLong)) {
            try ConditionExpression(text + " ")
        }
    }

    @Test func `nesting of 200 compiles and evaluates and one more does not`() throws {
        // The whole expression is the first level.
        let open = String(repeating: "(", count: 199)
        let close = String(repeating: ")", count: 199)
        #expect(try Self.value(open + "memory.n" + close) == .number(5))
        #expect(throws: ConditionSyntaxError.self) { try ConditionExpression("(" + open + "1" + close + ")") }
        let minus = String(repeating: "- ", count: 199)
        #expect(try Self.value(minus + "1") == .number(-1))
        #expect(throws: ConditionSyntaxError.self) { try ConditionExpression("- " + minus + "1") }
    }

    @Test func `every precedence at every level of nesting fits the stack`() throws {
        var text = "1"
        for _ in 0..<99 { text = "(0 + 1 * 1 ^ \(text) in (1, 2) or 1 == 2 ? 1 : 0)" }
        #expect(text.utf8.count <= 10_000)
        #expect(try Self.value(text) == .number(1))
    }

    @Test func `a chain of thousands of operands is no nesting`() throws {
        let text = "0" + String(repeating: "+1", count: 4_999)
        #expect(try Self.value(text) == .number(4999))
    }

    @Test func `hostile texts never trap`() {
        let pieces = [
            "(", ")", "memory", ".", "of", "not", "in", "\"", "'", "\\", "1", "^", "-", ",", "$", " ", "é",
            "?",
        ]
        var seed: UInt64 = 7
        for _ in 0..<3000 {
            var text = ""
            for _ in 0..<12 {
                seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                text += pieces[Int(seed >> 33) % pieces.count]
            }
            _ = try? ConditionExpression(text).value(in: Self.state)
        }
    }

    @Test func `joining stops at a mebibyte`() throws {
        let state = testState(memory: ["half": .string(String(repeating: "x", count: 524_288))])
        #expect(try ConditionExpression("memory.half + memory.half").isTrue(in: state))
        #expect(throws: ConditionEvaluationError.textTooLong(operation: "+")) {
            try ConditionExpression("memory.half + memory.half + 'x'").isTrue(in: state)
        }
    }

    @Test func `long lists are compared in time linear in their lengths`() throws {
        let numbers = (0..<20_000).map { JSONValue.number($0) }
        let nested = (0..<20).map { JSONValue.array([.number($0)]) }
        let state = testState(memory: [
            "all": .array(numbers), "back": .array(numbers.reversed()), "more": .array(numbers + ["x"]),
            "nested": .array(nested),
        ])
        #expect(try ConditionExpression("memory.back in memory.all").isTrue(in: state))
        #expect(try ConditionExpression("memory.more in memory.all").isTrue(in: state) == false)
        #expect(try ConditionExpression("memory.nested in memory.nested").isTrue(in: state))
        #expect(try ConditionExpression("memory.nested not in memory.all").isTrue(in: state))
    }
}
