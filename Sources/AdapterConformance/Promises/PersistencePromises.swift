/// What every `PersistenceProvider` promises.
enum PersistencePromises {
    static let all = graphs + runs + lineage + states + history + cancelling
}
