/// What a run of the suite found out about some adapters.
public struct ConformanceReport: Sendable {
    /// What was tested.
    public let subject: String
    /// The server below the adapters, if there is one, as `PostgreSQL 18.6`.
    public var server: String?
    /// The verdicts in the order of the promises.
    public let results: [PromiseResult]

    init(subject: String, results: [PromiseResult]) {
        self.subject = subject
        self.results = results
    }

    /// How many promises have a verdict.
    public func count(_ status: PromiseResult.Status) -> Int {
        results.count { $0.status == status }
    }

    /// The promises that were broken.
    public var failures: [PromiseResult] { results.filter { $0.status == .failed } }

    /// Whether no promise was broken.
    public var isConforming: Bool { failures.isEmpty }

    /// How long all checks took, in seconds.
    public var seconds: Double { results.reduce(0) { $0 + $1.seconds } }
}
