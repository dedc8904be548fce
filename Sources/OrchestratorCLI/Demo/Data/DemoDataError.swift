#if CLI
/// Why the demo's data cannot be used.
enum DemoDataError: Error {
    case missing(String)
    case unreadable(String)
    case malformed(String)

    /// What to tell somebody at a prompt.
    func failure(in folder: String) -> CommandFailure {
        let happened =
            switch self {
            case .missing(let name): "The file \(name) is not in \(folder)"
            case .unreadable(let name): "The file \(name) in \(folder) is damaged"
            case .malformed(let reason): "The data in \(folder) are not the demo's: \(reason)"
            }
        return CommandFailure(
            .configuration, happened, remedy: "Restore Fixtures/data of the clone, or name it with --data")
    }
}
#endif
