#if CLI
/// Who does the work: this package, or a peer in a process of its own.
protocol BenchDriver<Workload>: Sendable {
    associatedtype Workload: BenchWorkload

    /// Its name in results.
    var name: String { get }

    /// Why it cannot do a workload; nil if it can.
    func objection(to workload: Workload) async throws -> String?

    /// Does the work once.
    func run(_ workload: Workload) async throws -> BenchSample
}
#endif
