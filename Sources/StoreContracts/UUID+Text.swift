public import FoundationEssentials

extension UUID {
    /// The lower-case text with hyphens, the only form that is written anywhere.
    public var text: String { uuidString.lowercased() }

    /// Reads 8-4-4-4-12 hexadecimal digits in either case; nil for anything else.
    ///
    /// Every version and variant is accepted, the nil UUID and the seed tenant's included.
    public init?(text: some StringProtocol) {
        guard text.utf8.count == 36 else { return nil }
        self.init(uuidString: String(text))
    }
}
