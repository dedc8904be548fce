/// What is put to the test: something that makes adapters on empty rows.
///
/// Conform your own type to run the suite on your adapters:
///
///     struct MySubject: ConformanceSubject {
///         let name = "my store"
///         let capabilities: Set<Capability> = [.concurrency]
///         func withEmptyRows(_ body: @Sendable (AdapterSet) async throws -> Void) async throws {
///             let store = try await MyStore.empty()
///             var adapters = AdapterSet()
///             adapters.queue = { MyQueue(store, options: $0) }
///             try await body(adapters)
///         }
///     }
///     let report = await ConformanceSuite.workflow.run(on: MySubject())
public protocol ConformanceSubject: Sendable {
    /// What the report calls it.
    var name: String { get }
    /// What the adapters have.
    var capabilities: Set<Capability> { get }
    /// Why a capability is missing, for the report; nil: it says only that it is.
    func reason(withoutCapability capability: Capability) -> String?
    /// Runs `body` with adapters that see no row but the tenants; it is called for one promise after the other.
    func withEmptyRows(_ body: @Sendable (AdapterSet) async throws -> Void) async throws
}

extension ConformanceSubject {
    /// Nothing more is known.
    public func reason(withoutCapability capability: Capability) -> String? { nil }
}
