import StoreContracts

/// Breaks the promise unless `condition` holds; `what` says what was expected.
func require(_ condition: Bool, _ what: String) throws(BrokenPromise) {
    guard condition else { throw BrokenPromise("not so: \(what)") }
}

/// Breaks the promise unless both are equal.
func equal<Value: Equatable>(_ actual: Value, _ expected: Value, _ what: String) throws(BrokenPromise) {
    guard actual == expected else {
        throw BrokenPromise("\(what): expected \(excerpt(expected)), found \(excerpt(actual))")
    }
}

/// The value, which must be there.
func present<Value>(_ value: Value?, _ what: String) throws(BrokenPromise) -> Value {
    guard let value else { throw BrokenPromise("missing: \(what)") }
    return value
}

/// Breaks the promise unless `body` is refused for that reason, and without an effect.
func refused(
    _ code: StoreErrorCode, _ what: String, _ body: () async throws -> Void
) async throws {
    try await refused(what, as: { $0 == code }, expecting: "\(code)", body)
}

/// Breaks the promise unless `body` is refused for a reason that suits, and without an effect.
func refused(
    _ what: String, as suits: (StoreErrorCode) -> Bool, expecting expected: String,
    _ body: () async throws -> Void
) async throws {
    do {
        try await body()
    } catch let error as StoreError {
        guard suits(error.code) else {
            throw BrokenPromise("\(what): expected \(expected), was refused with \(error.code)")
        }
        guard error.effect != .unknown else {
            throw BrokenPromise("\(what): refused, but the effect is said to be unknown")
        }
        return
    } catch let missing as MissingAdapter {
        throw missing
    } catch {
        throw BrokenPromise("\(what): expected \(expected), failed with \(type(of: error)): \(error)")
    }
    throw BrokenPromise("\(what): expected \(expected), was accepted")
}

private func excerpt(_ value: some Any) -> String {
    let text = String(describing: value)
    return text.count > 300 ? text.prefix(300) + "…" : text
}
