public import StoreContracts

/// How much better one group scores than another, by Welch's unequal variances t statistic.
public struct WelchLift: Hashable, Sendable {
    /// The mean of the first group less that of the second.
    public let lift: Double
    /// The standard error of the lift.
    public let standardError: Double
    /// The degrees of freedom; infinite if the standard error is 0.
    public let degrees: Double
    /// The probability that the true lift is above the margin.
    public let pExceeds: Double

    /// A group of scores, by its sums.
    public struct Group: Hashable, Sendable {
        /// The mean.
        public let mean: Double
        /// The sample variance.
        public let variance: Double
        /// How many scores.
        public let count: Int

        /// Describes a group.
        public init(mean: Double, variance: Double, count: Int) {
            self.mean = mean
            self.variance = variance
            self.count = count
        }
    }

    /// Compares two groups.
    ///
    /// - Throws: `invalidArgument` for a group of fewer than two, a variance below 0 or a value that is not finite.
    public init(_ first: Group, _ second: Group, margin: Double = 0) throws(StoreError) {
        for group in [first, second] {
            guard group.count >= 2 else {
                throw StoreError(.invalidArgument(name: "count"), cause: "a group has fewer than two scores")
            }
            guard group.variance >= 0, group.variance.isFinite, group.mean.isFinite, margin.isFinite else {
                throw StoreError(.invalidArgument(name: "variance"), cause: "it is negative or not finite")
            }
        }
        lift = first.mean - second.mean
        let parts = (first.variance / Double(first.count), second.variance / Double(second.count))
        standardError = (parts.0 + parts.1).squareRoot()
        guard standardError > 0 else {
            degrees = .infinity
            pExceeds = lift > margin ? 1 : 0
            return
        }
        degrees =
            (parts.0 + parts.1) * (parts.0 + parts.1)
            / (parts.0 * parts.0 / Double(first.count - 1) + parts.1 * parts.1 / Double(second.count - 1))
        pExceeds = 1 - (try studentTCdf((margin - lift) / standardError, degrees: degrees))
    }
}
