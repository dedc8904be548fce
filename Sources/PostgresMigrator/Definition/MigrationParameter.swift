/// A value for the templates of migrations, of a kind that cannot carry SQL.
public enum MigrationParameter: Sendable, Hashable {
    /// A name, written quoted.
    case identifier(String)
    /// A number.
    ///
    /// It is recorded with every migration that uses it, and must stay the same for later ones.
    case integer(Int)
    /// A number that gives way to the recorded one, if there is one.
    case defaultInteger(Int)

    /// The text that replaces the placeholder.
    var text: String {
        switch self {
        case .identifier(let name): Self.quoted(name)
        case .integer(let value), .defaultInteger(let value): String(value)
        }
    }

    /// The number that the ledger keeps.
    var recorded: Int? {
        switch self {
        case .identifier: nil
        case .integer(let value), .defaultInteger(let value): value
        }
    }

    /// A name in double quotes, quotes inside doubled.
    static func quoted(_ name: String) -> String {
        "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
