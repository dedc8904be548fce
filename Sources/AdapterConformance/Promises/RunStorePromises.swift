/// What every `RunStore` promises.
enum RunStorePromises {
    static let all = commits + refusals + positions
}
