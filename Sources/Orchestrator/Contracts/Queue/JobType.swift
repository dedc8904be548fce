/// What a job asks for.
public enum JobType: String, Hashable, Sendable, CaseIterable {
    /// Start the run; one that has a history goes on from it.
    case start
    /// Go on with a waiting run, usually with a human response.
    case resume
}
