/// A step in the start of an embedded server.
public enum EmbeddedPostgresProgress: Sendable, Equatable, CustomStringConvertible {
    /// Another process works on the same server or download; this one waits.
    case waiting

    /// The package of this name is being downloaded.
    case downloading(String)

    /// The downloaded package of this name is being unpacked.
    case unpacking(String)

    /// A new data folder is being made by the server of this version.
    case initializing(version: String)

    /// The server of this version is starting.
    case starting(version: String)

    /// The step as a short phrase.
    public var description: String {
        switch self {
        case .waiting: "waiting for another process that starts the same server"
        case .downloading(let name): "downloading \(name)"
        case .unpacking(let name): "unpacking \(name)"
        case .initializing(let version): "creating a database cluster (PostgreSQL \(version))"
        case .starting(let version): "starting PostgreSQL \(version)"
        }
    }
}
