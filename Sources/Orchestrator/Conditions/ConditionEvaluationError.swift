/// Says why a condition has no value; its edge is then not taken.
public enum ConditionEvaluationError: Error, Sendable, Hashable, CustomStringConvertible {
    /// An operand has a kind that the operation does not take.
    case unsuitableOperand(operation: String, found: String)
    /// There is no function of this name.
    case unknownFunction(String)
    /// A pattern is longer than 1,000 characters, too large, or uses what this engine leaves out.
    case unusablePattern(String)
    /// A text to match is longer than 10,000 characters, or a joined one than 1,048,576 bytes.
    case textTooLong(operation: String)

    /// The reason in one line; never a value.
    public var description: String {
        switch self {
        case .unsuitableOperand(let operation, let found): "`\(operation)` does not take \(found)"
        case .unknownFunction(let name): "there is no function `\(name)`"
        case .unusablePattern(let reason): "the pattern cannot be used: \(reason)"
        case .textTooLong(let operation): "the text of `\(operation)` is too long"
        }
    }
}
