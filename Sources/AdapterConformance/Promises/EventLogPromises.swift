/// What every `EventLogWriter` promises.
enum EventLogPromises {
    static let all = appending + reading + checkpoints + compaction
}
