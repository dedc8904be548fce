/// What the text forms of full-text search share.
enum PostgresTSText {
    /// A word in quotes, with quotes and backslashes doubled.
    static func quoted(_ word: String) -> String {
        var text = "'"
        for character in word.unicodeScalars {
            if character == "'" || character == "\\" { text.unicodeScalars.append(character) }
            text.unicodeScalars.append(character)
        }
        return text + "'"
    }
}
