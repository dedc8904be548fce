/// What every `WorkflowQueue` promises.
enum QueuePromises {
    static let all = enqueuing + claiming + ending + leases + deadLetters + resuming + workers
}
