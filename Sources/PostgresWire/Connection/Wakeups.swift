/// Callers to wake once the lock is released; one of them needs no array.
struct Wakeups {
    private var first: UnsafeContinuation<Void, Never>?
    private var more: [UnsafeContinuation<Void, Never>] = []

    mutating func add(_ continuation: UnsafeContinuation<Void, Never>?) {
        guard let continuation else { return }
        if first == nil { first = continuation } else { more.append(continuation) }
    }

    /// Wakes them all.
    func resume() {
        first?.resume()
        for continuation in more { continuation.resume() }
    }
}
