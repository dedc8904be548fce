/// The first value that `body` gives within ten seconds; nil if it gives none.
func eventually<Value>(_ body: () async throws -> Value?) async throws -> Value? {
    for _ in 0..<1000 {
        if let value = try await body() { return value }
        try await Task.sleep(for: .milliseconds(10))
    }
    return nil
}
