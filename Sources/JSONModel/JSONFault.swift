/// Why a text is not the JSON that was asked for, and where.
///
/// It carries a position and no part of the text.
public struct JSONFault: Error, Hashable, Sendable {
    /// What is wrong.
    public var reason: Reason
    /// Which byte of the UTF-8 text it was found at, from 0.
    public var offset: Int

    /// Creates a fault.
    public init(_ reason: Reason, offset: Int) {
        self.reason = reason
        self.offset = offset
    }

    /// The kinds of mistake a text can contain.
    public enum Reason: Hashable, Sendable {
        /// The text ends inside a value.
        case unexpectedEnd
        /// A byte stands where the grammar allows no such byte.
        case unexpectedByte
        /// Something other than white space follows the value.
        case trailingContent
        /// A number is not written as RFC 8259 wants it, as `01`, `+1`, `1.` or `.5`.
        case invalidNumber
        /// The exponent of a number has more than nine digits.
        case exponentOutOfRange
        /// A backslash begins no known escape.
        case invalidEscape
        /// An escape names half of a surrogate pair.
        case loneSurrogate
        /// A control character stands in a string without an escape.
        case controlCharacter
        /// The bytes of a string are not UTF-8.
        case invalidUTF8
        /// Arrays and objects lie in one another deeper than `limit`.
        case tooDeep(limit: Int)
        /// The text is longer than `limit` bytes.
        case tooLong(limit: Int)
    }
}

extension JSONFault: CustomStringConvertible {
    /// A sentence with the position.
    public var description: String { "\(reason) at byte \(offset)" }
}

extension JSONFault.Reason: CustomStringConvertible {
    /// The mistake in words.
    public var description: String {
        switch self {
        case .unexpectedEnd: "the JSON text ends too early"
        case .unexpectedByte: "unexpected byte in JSON"
        case .trailingContent: "something follows the JSON value"
        case .invalidNumber: "a number is not written as JSON wants it"
        case .exponentOutOfRange: "the exponent of a number is out of range"
        case .invalidEscape: "unknown escape in a JSON string"
        case .loneSurrogate: "half of a surrogate pair in a JSON string"
        case .controlCharacter: "a control character in a JSON string is not escaped"
        case .invalidUTF8: "a JSON string is not UTF-8"
        case .tooDeep(let limit): "JSON nested deeper than \(limit)"
        case .tooLong(let limit): "JSON text longer than \(limit) bytes"
        }
    }
}
