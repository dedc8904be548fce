#if CLI
import PostgresMigrator
import PostgresWire

extension CommandFailure {
    init(_ error: MigrationError, server: String) {
        switch error {
        case .server(let cause): self.init(cause, server: server)
        case .failed(_, _, let cause) where cause.code == .cancelled: self = .interrupted
        default:
            self.init(
                Self.code(of: error), error.sentence, remedy: error.remedy, details: String(reflecting: error)
            )
        }
    }

    private static func code(of error: MigrationError) -> CommandExit {
        switch error {
        case .catalogDiffers: .checkFailed
        case .interrupted: .interrupted
        case .extensionMissing, .failed, .lockBusy: .server
        default: .configuration
        }
    }
}
#endif
