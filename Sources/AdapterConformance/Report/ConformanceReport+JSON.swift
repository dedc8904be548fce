public import JSONModel

extension ConformanceReport {
    /// The report as a JSON document.
    public var json: JSONValue {
        [
            "adapter": .string(subject),
            "server": server.map { .string($0) } ?? .null,
            "passed": .number(JSONNumber(count(.passed))),
            "failed": .number(JSONNumber(count(.failed))),
            "skipped": .number(JSONNumber(count(.skipped))),
            "promises": .array(results.map(\.json)),
        ]
    }
}

extension PromiseResult {
    var json: JSONValue {
        [
            "id": .string(promise.id),
            "contract": .string(promise.contract.rawValue),
            "text": .string(promise.text),
            "status": .string(status.rawValue),
            "detail": detail.map { .string($0) } ?? .null,
            "seconds": .number(JSONNumber((seconds * 1_000_000).rounded() / 1_000_000) ?? 0),
        ]
    }
}
