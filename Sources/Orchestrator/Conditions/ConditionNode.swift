/// The compiled form of a condition.
///
/// Chains of one precedence are lists, so its depth is that of the brackets.
indirect enum ConditionNode: Sendable {
    case number(Double)
    case string(String)
    /// A dotted name, cut at the dots.
    case name([String])
    /// `x of y`: the dotted name is looked up in a value.
    case property([String], of: ConditionNode)
    /// `(a, b, …)`.
    case list([ConditionNode])
    case call(String, [ConditionNode])
    case not(ConditionNode)
    case minus(ConditionNode)
    case power(ConditionNode, ConditionNode)
    /// `a + b - c …` or `a * b / c …`, from left to right.
    case arithmetic(ConditionNode, [(ArithmeticOperator, ConditionNode)])
    /// `a < b <= c …`: all neighbours must compare.
    case comparison(ConditionNode, [ComparisonStep])
    /// `a in b`, `a not in b`, from left to right.
    case membership(ConditionNode, [(isNegated: Bool, ConditionNode)])
    case and([ConditionNode])
    case or([ConditionNode])
    case choice(ConditionNode, then: ConditionNode, else: ConditionNode)
}
