extension String {
    /// The last `lines` lines that are not empty, joined by " / ", at most 600 characters from the end.
    func excerpt(lines count: Int) -> String {
        let lines = split(whereSeparator: \.isNewline).map(\.trimmed).filter { !$0.isEmpty }
        return String(lines.suffix(count).joined(separator: " / ").suffix(600))
    }
}

extension StringProtocol {
    /// The text without white space at its ends.
    var trimmed: String {
        var view = self[...]
        while let first = view.first, first.isWhitespace { view.removeFirst() }
        while let last = view.last, last.isWhitespace { view.removeLast() }
        return String(view)
    }
}
