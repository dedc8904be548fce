/// A compiled edge condition: parsed once, evaluated any number of times.
///
/// Names are dotted paths into the state (`memory.score`, `status`, `iteration_count`). There are numbers, strings,
/// comparisons, arithmetic, `and`, `or`, `not`, `in`, `if … then … else …`, `~=` for patterns, and functions such
/// as `exists`, `length`, `number`. Evaluation is pure and bounded. There are no literals `true`, `false` and
/// `null`: these are names that lead nowhere.
public struct ConditionExpression: Sendable {
    /// The longest text, in UTF-8 bytes.
    public static let maxLength = 10_000
    /// How deep brackets and unary operators may be nested.
    public static let maxDepth = 200

    /// The text as it was given.
    public let text: String
    private let root: ConditionNode

    /// Compiles an expression.
    ///
    /// - Throws: `ConditionSyntaxError` with the place of the first mistake.
    public init(_ text: String) throws(ConditionSyntaxError) {
        guard text.utf8.count <= Self.maxLength else {
            throw ConditionSyntaxError(offset: Self.maxLength, problem: .tooLong)
        }
        var lexer = ConditionLexer(normalising: text)
        var parser = ConditionParser(try lexer.tokens())
        root = try parser.expression()
        self.text = text
    }

    /// Computes the value in a state.
    ///
    /// - Throws: `ConditionEvaluationError` where an operand does not suit its operation.
    public func value(in state: WorkflowState) throws(ConditionEvaluationError) -> ConditionValue {
        try ConditionEvaluator(scope: ConditionScope(state)).value(of: root)
    }

    /// Tells whether the value is true or counts as true.
    ///
    /// - Throws: `ConditionEvaluationError`; treat that as false.
    public func isTrue(in state: WorkflowState) throws(ConditionEvaluationError) -> Bool {
        try value(in: state).isTruthy
    }

    /// The untrusted memory keys that the expression mentions, sorted.
    public func taintedKeys(in state: WorkflowState) -> [String] {
        guard !state.taintRegistry.isEmpty else { return [] }
        let mentions = root.mentionedMemoryPaths
        return state.taintRegistry.keys.sorted().filter { key in
            let path = key.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
            return mentions.contains { $0.starts(with: path) }
        }
    }

    /// The names in the expression that look like literals and are none, sorted.
    var literalNames: [String] {
        Set(root.names.compactMap { $0.count == 1 ? $0.first : nil })
            .intersection(["true", "false", "null", "undefined"]).sorted()
    }
}
