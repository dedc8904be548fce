/// What one call of `apply` did itself; what others did meanwhile is in the ledger.
public struct MigrationReport: Sendable, Hashable {
    /// Versions that ran, in order.
    public internal(set) var applied: [Int] = []
    /// Versions recorded as left out.
    public internal(set) var skipped: [Int] = []
    /// Versions that the server refused, with its reason.
    public internal(set) var refused: [Int: String] = [:]

    /// Whether the database was already as it should be.
    public var isNoOp: Bool { applied.isEmpty && skipped.isEmpty && refused.isEmpty }

    /// Describes a call that did nothing.
    public init() {}

    mutating func note(_ progress: MigrationProgress) {
        switch progress {
        case .started: break
        case .applied(let migration, _): applied.append(migration.version)
        case .skipped(let migration): skipped.append(migration.version)
        case .refused(let migration, let reason): refused[migration.version] = reason
        }
    }
}
