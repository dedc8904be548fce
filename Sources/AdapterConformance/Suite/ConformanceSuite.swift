/// Promises that belong together, and how they are run.
public struct ConformanceSuite: Sendable {
    /// The promises, by contract and number.
    public let promises: [Promise]

    /// A suite of some promises.
    public init(_ promises: [Promise]) { self.promises = promises }

    /// Everything that the adapters of durable workflows promise.
    public static let workflow = ConformanceSuite(
        [
            PersistencePromises.all, EventLogPromises.all, RunStorePromises.all, QueuePromises.all,
            AgentPromises.all, MCPServerPromises.all, UsagePromises.all, RetentionPromises.all,
            FencingPromises.all, TenancyPromises.all, TenantPromises.all,
        ].flatMap { $0 })

    /// Everything that the adapters of an agent's memory promise.
    public static let memory = ConformanceSuite(
        [
            MemoryStorePromises.all, MemoryIndexPromises.all, LedgerPromises.all, GatePromises.all,
            RetrievalPromises.all,
        ].flatMap { $0 })

    /// The promises of some contracts.
    public func only(_ contracts: Set<Contract>) -> ConformanceSuite {
        ConformanceSuite(promises.filter { contracts.contains($0.contract) })
    }

    /// Runs every promise, one after the other, each on empty rows.
    ///
    /// A promise that breaks does not stop the others. A cancelled task ends the run; the rest is reported as skipped.
    ///
    /// - Parameters:
    ///   - subject: What is tested.
    ///   - progress: Called after each promise with its result.
    /// - Returns: The verdicts, in the order of the promises.
    public func run(
        on subject: some ConformanceSubject, progress: @Sendable (PromiseResult) -> Void = { _ in }
    ) async -> ConformanceReport {
        var results: [PromiseResult] = []
        for promise in promises {
            let result =
                Task.isCancelled
                ? PromiseResult(promise, .skipped, detail: "the run was cancelled")
                : await promise.verdict(on: subject)
            progress(result)
            results.append(result)
        }
        return ConformanceReport(subject: subject.name, results: results)
    }
}
