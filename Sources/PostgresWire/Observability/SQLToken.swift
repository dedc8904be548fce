/// A piece of SQL and what it is.
struct SQLToken: Equatable {
    enum Kind {
        /// A keyword or a name without quotes.
        case word
        /// A name in double quotes.
        case quotedName
        /// A string, in whatever quotes, or a number.
        case literal
        /// `$1` and the like.
        case parameter
        case comment
        case space
        /// Anything else, one byte.
        case symbol
    }

    let kind: Kind
    let bytes: Range<Int>
}
