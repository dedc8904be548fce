/// Whether a tenant may be served; keys of a tenant that is not active do not resolve.
public enum TenantStatus: String, Hashable, Sendable, CaseIterable {
    /// It may be served.
    case active
    /// It may not be served for now.
    case suspended
    /// It is marked as gone; its rows are still there until it is erased.
    case deleted
}
