/// Says why the text of a condition does not compile, and where.
public struct ConditionSyntaxError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds of mistake.
    public enum Problem: Sendable, Hashable {
        /// There is no expression.
        case empty
        /// The text is longer than ``ConditionExpression/maxLength`` UTF-8 bytes.
        case tooLong
        /// Expressions lie in one another deeper than ``ConditionExpression/maxDepth``.
        case tooDeep
        /// A character that the language does not have.
        case unexpectedCharacter(String)
        /// A string without an end, or with an escape other than `\"` and `\\`.
        case malformedString
        /// Something else must stand here.
        case expected(String, found: String)
    }

    /// The byte of the normalised text at which the mistake was found, from 0.
    public var offset: Int
    /// What is wrong there.
    public var problem: Problem

    /// The mistake and its place in one line.
    public var description: String {
        switch problem {
        case .empty: "the expression is empty"
        case .tooLong: "the expression is longer than \(ConditionExpression.maxLength) bytes"
        case .tooDeep: "the expression is nested deeper than \(ConditionExpression.maxDepth)"
        case .unexpectedCharacter(let text): "unexpected `\(text)` at byte \(offset)"
        case .malformedString: "the string at byte \(offset) has no end or an unknown escape"
        case .expected(let what, let found): "expected \(what) and found \(found) at byte \(offset)"
        }
    }
}
