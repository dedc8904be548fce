extension Int {
    /// Reads decimal digits and nothing else, no sign either; nil if there are none or the number is too large.
    package init?(decimalDigits text: some StringProtocol) {
        guard !text.isEmpty, text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
        self.init(text)
    }
}
