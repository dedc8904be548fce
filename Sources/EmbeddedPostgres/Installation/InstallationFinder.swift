/// Chooses the server programs, in the order that the options' source asks for.
struct InstallationFinder: Sendable {
    let source: EmbeddedPostgresSource
    let wheel: WheelInstallation
    let local: LocalInstallations

    /// Returns the programs to use; `major` is the major version that existing data needs, nil for new data.
    ///
    /// Throws `noServerAvailable` with one reason for each way that was tried, or `installationUnusable`.
    func find(major: Int?) throws(EmbeddedPostgresError) -> Installation {
        switch source {
        case .localInstallation(let path): return try local.installation(at: path)
        case .wheel: return try wheel.provide()
        case .automatic: break
        }
        if let installation = try local.newest(major: major) { return installation }
        let wanted = major.map { "PostgreSQL \($0)" } ?? "PostgreSQL"
        do throws(EmbeddedPostgresError) {
            return try wheel.provide()
        } catch .noServerAvailable(let reasons) {
            throw .noServerAvailable(reasons: ["no installed \(wanted) has pgvector"] + reasons)
        }
    }
}
