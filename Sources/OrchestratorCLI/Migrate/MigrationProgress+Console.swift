#if CLI
import PostgresMigrator

extension MigrationProgress {
    /// Tells the progress on a console.
    func tell(_ console: Console) {
        switch self {
        case .started: break
        case .applied(let migration, let duration):
            console.note("applied \(migration.version) \(migration.name) in \(Text.seconds(duration))")
        case .skipped(let migration): console.note("left out \(migration.version) \(migration.name)")
        case .refused(let migration, let reason):
            console.warn(
                "the server refused \(migration.version) \(migration.name), which concerns roles: \(reason)")
        }
    }
}
#endif
