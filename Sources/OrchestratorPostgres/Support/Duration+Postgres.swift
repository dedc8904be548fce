extension Duration {
    /// This duration in milliseconds, fractions included.
    var milliseconds: Double {
        Double(components.seconds) * 1000 + Double(components.attoseconds) / 1e15
    }

    /// This duration as the server's settings take it: whole milliseconds, at least one, since 0 means no limit.
    var settingText: String {
        String(Int32(min(max(milliseconds.rounded(.up), 1), Double(Int32.max))))
    }
}
