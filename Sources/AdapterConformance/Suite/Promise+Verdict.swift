extension Promise {
    /// How long one check may take; a check that takes longer has found an adapter that hangs.
    static let timeLimit = Duration.seconds(60)

    /// Runs the check on empty rows of the subject.
    public func verdict(on subject: some ConformanceSubject) async -> PromiseResult {
        for capability in needs.sorted(by: { $0.rawValue < $1.rawValue })
        where !subject.capabilities.contains(capability) {
            let reason =
                subject.reason(withoutCapability: capability) ?? "the adapters lack \(capability.rawValue)"
            return PromiseResult(self, .skipped, detail: reason)
        }
        let start = ContinuousClock.now
        do {
            try await limited {
                try await subject.withEmptyRows { adapters in
                    try await check(PromiseWorld(adapters: adapters, contract: contract))
                }
            }
            return PromiseResult(self, .passed, since: start)
        } catch let missing as MissingAdapter {
            return PromiseResult(
                self, .skipped, detail: "there is no adapter of \(missing.contract.rawValue)")
        } catch let broken as BrokenPromise {
            return PromiseResult(self, .failed, detail: broken.description, since: start)
        } catch {
            return PromiseResult(self, .failed, detail: "\(type(of: error)): \(error)", since: start)
        }
    }

    /// Runs `body`, and breaks the promise if it does not end in time.
    ///
    /// A body that ignores its cancellation is left behind.
    private func limited(_ body: @escaping @Sendable () async throws -> Void) async throws {
        let (ends, end) = AsyncThrowingStream<Void, any Error>.makeStream()
        let work = Task {
            do {
                try await body()
                end.yield()
            } catch {
                end.finish(throwing: error)
            }
        }
        let alarm = Task {
            try await Task.sleep(for: Self.timeLimit)
            end.finish(throwing: BrokenPromise("the check did not end within \(Self.timeLimit)"))
        }
        defer {
            work.cancel()
            alarm.cancel()
        }
        for try await _ in ends { return }
        try Task.checkCancellation()
    }
}
