/// One lexical element of a condition, with the byte where it starts.
struct ConditionToken: Equatable {
    enum Kind: Equatable {
        case number(Double)
        case string(String)
        case symbol(String)
        /// An operator, a bracket, a comma, or one of the words of the language.
        case mark(String)
        case end
    }

    var kind: Kind
    var offset: Int

    /// The element as the text of an error.
    var name: String {
        switch kind {
        case .number: "a number"
        case .string: "a string"
        case .symbol(let name): "`\(name)`"
        case .mark(let mark): "`\(mark)`"
        case .end: "the end"
        }
    }
}
