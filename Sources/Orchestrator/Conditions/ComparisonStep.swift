/// One link of a chain of comparisons.
struct ComparisonStep: Sendable {
    enum Operator: String, Sendable {
        case equal = "=="
        case notEqual = "!="
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="
        case matches = "~="
    }

    var comparison: Operator
    var operand: ConditionNode
    /// The compiled pattern, if the operand is a string literal that is matched against.
    var pattern: Result<TextPattern, ConditionEvaluationError>?
}
