public import FoundationEssentials
public import StoreContracts

/// One archive of the cold tier: runs of one tenant with everything of them.
public struct ArchiveEntry: Hashable, Sendable {
    /// The name, unique in the cold tier.
    public var name: String
    /// The tenant whose runs it holds.
    public var tenantID: TenantID
    /// When it was written.
    public var createdAt: Date
    /// How many runs it holds.
    public var runs: Int
    /// How many rows it holds, the runs' own included.
    public var rows: Int
    /// How many bytes it takes; 0 in memory.
    public var bytes: Int

    /// Creates an entry.
    public init(name: String, tenantID: TenantID, createdAt: Date, runs: Int, rows: Int, bytes: Int) {
        self.name = name
        self.tenantID = tenantID
        self.createdAt = createdAt
        self.runs = runs
        self.rows = rows
        self.bytes = bytes
    }
}
