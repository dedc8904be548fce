/// How the properties of a `Decodable` type are found among the columns of a result.
public enum PostgresColumnNaming: String, Hashable, Sendable {
    /// A column has the name of the property.
    case exact
    /// A property `createdAt` or `userID` reads the column `created_at` or `user_id`; failing that, one of its own name.
    case snakeCase

    /// The column's name for a property's.
    func column(for property: String) -> String {
        switch self {
        case .exact: property
        case .snakeCase: Self.snakeCase(property)
        }
    }

    /// Puts an underscore where a word begins; runs of capitals are one word.
    private static func snakeCase(_ name: String) -> String {
        let letters = Array(name)
        var result = ""
        for (index, letter) in letters.enumerated() {
            if letter.isUppercase, index > 0, letters[index - 1] != "_" {
                let endsRun = index + 1 < letters.count && letters[index + 1].isLowercase
                if !letters[index - 1].isUppercase || endsRun { result += "_" }
            }
            result += letter.lowercased()
        }
        return result
    }
}
