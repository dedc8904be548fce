import Testing

@testable import Orchestrator

struct TextPatternTests {
    private static func matches(_ pattern: String, _ text: String) throws -> Bool {
        try TextPattern.compiled(pattern).get().matches(text)
    }

    @Test(arguments: [
        ("", "abc", true), ("b", "abc", true), ("^b", "abc", false), ("c$", "abc", true),
        ("^abc$", "abc", true),
        ("a.c", "a\nc", false), ("a.c", "aéc", true), ("colou?r", "my color", true), ("^a*$", "", true),
        ("^a+$", "", false), ("x|y|^z", "zoo", true), ("x|y|^z", "azoo", false),
        ("^(ab|cd)+$", "abcdab", true),
        ("^(?:ab){2,3}$", "ab", false), ("^(?:ab){2,3}$", "ababab", true),
        ("^(?:ab){2,3}$", "abababab", false),
        ("^a{2}$", "aa", true), ("^a{2,}$", "aaaa", true), ("a{,2}", "a{,2}", true), ("a{", "a{", true),
        ("^[a-c]+$", "abcab", true), ("[^a-c]", "abc", false), ("^[\\d-]+$", "1-2", true),
        ("[]]", "]", false),
        ("[a\\]b]", "]", true), ("\\d{3}-\\d{4}", "call 555-1234", true), ("\\bcat\\b", "a cat!", true),
        ("\\bcat\\b", "concat", false), ("\\Bcat", "concat", true), ("\\w+@\\w+\\.com", "me@site.com", true),
        ("\\s", "a\u{00A0}b", true), ("\\S", " \t\n", false), ("\\x41\\u0042", "AB", true),
        ("\\.", "a", false),
        ("(?<year>\\d+)", "2026", true), ("^(|a)b$", "b", true), ("a*?b", "aab", true), ("^$", "", true),
        ("[\\s\\S]", "\n", true), ("[\\W]", "a", false), ("^[^]$", "\n", true), ("(a|b)*c", "ababc", true),
    ])
    func `a pattern matches or not`(pattern: String, text: String, expected: Bool) throws {
        #expect(try Self.matches(pattern, text) == expected)
    }

    @Test(arguments: [
        "(a+)+", "(a*)*b", "(a|b+)*", "((a{2,})x)+", "(?=a)", "(?!a)", "(?<=a)b", "(a)\\1", "\\k<a>", "a**",
        "*a", "+",
        "(a", "a)", "[a", "a\\", "[z-a]", "a{3,2}", "(?<a", "a{1000}{1000}",
    ])
    func `what this engine leaves out is an error`(pattern: String) {
        #expect(throws: ConditionEvaluationError.self) { try TextPattern.compiled(pattern).get() }
    }

    @Test func `patterns and texts are bounded`() throws {
        let longest = String(repeating: "a", count: 1000)
        #expect(try Self.matches(longest, longest))
        #expect(throws: ConditionEvaluationError.self) { try TextPattern.compiled(longest + "a").get() }
        let input = String(repeating: "b", count: 9999) + "c"
        #expect(try Self.matches("c$", input))
        #expect(throws: ConditionEvaluationError.textTooLong(operation: "~=")) {
            try Self.matches("c", input + "c")
        }
        #expect(throws: ConditionEvaluationError.self) { try TextPattern.compiled("(a{50}){50}").get() }
        #expect(throws: ConditionEvaluationError.self) {
            try TextPattern.compiled(String(repeating: "(", count: 60) + String(repeating: ")", count: 60))
                .get()
        }
    }

    @Test func `a pattern that makes others backtrack for ever ends at once`() throws {
        let text = String(repeating: "a", count: 3000) + "!"
        #expect(try Self.matches("^(a|a)*$", text) == false)
        #expect(try Self.matches("a?a?a?a?a?a?a?a?a?a?aaaaaaaaaa$", text) == false)
    }

    @Test func `the inverse of a class inside a class is the complement`() throws {
        #expect(try Self.matches("^[\\Wa]+$", "a-a"))
        #expect(try Self.matches("^[\\Wa]+$", "b") == false)
        #expect(try Self.matches("^[^\\W]$", "b"))
        #expect(try Self.matches("^[^\\W]$", "-") == false)
    }
}
