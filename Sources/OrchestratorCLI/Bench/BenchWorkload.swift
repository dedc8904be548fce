#if CLI
/// One piece of work that several drivers can do.
protocol BenchWorkload: Sendable {
    /// Its name, as `append_8`.
    var name: String { get }

    /// The workload to whose rate its own is compared besides; nil for none.
    var single: String? { get }

    /// Brings the database into the state in which each driver finds it; not measured.
    func prepare() async throws
}
#endif
