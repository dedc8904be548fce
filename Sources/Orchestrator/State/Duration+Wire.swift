extension Duration {
    /// This duration without its fraction of a millisecond, so that it equals itself after a round trip.
    package var wholeMilliseconds: Duration {
        let (seconds, attoseconds) = components
        return .seconds(seconds) + .milliseconds(attoseconds / 1_000_000_000_000_000)
    }

    /// This duration in seconds, as dates count.
    package var wireSeconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}
