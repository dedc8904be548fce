/// Where a job stands.
public enum JobStatus: String, Hashable, Sendable, CaseIterable {
    /// Claimable once its instant of visibility has come.
    case waiting
    /// Claimed by a worker.
    case active
    /// Its run waits for something; claimable again only when a deadline was given.
    case paused
    /// Done.
    case completed
    /// Never written here; other engines may.
    case failed
    /// Given up; `retryDeadLetter(jobID:)` puts it back.
    case deadLetter = "dead_letter"
}
