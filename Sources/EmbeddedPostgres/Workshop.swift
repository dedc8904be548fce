/// What every piece of blocking work on servers needs: the options, the account, the folders and the
/// deadline.
struct Workshop: Sendable {
    let options: EmbeddedPostgresOptions
    let account: ServerAccount
    let layout: StorageLayout
    let deadline: Deadline

    init(_ options: EmbeddedPostgresOptions, deadline: Deadline) throws(EmbeddedPostgresError) {
        try options.validate()
        self.options = options
        self.deadline = deadline
        account = try ServerAccount.find()
        layout = try StorageLayout.resolve(options, account: account, deadline: deadline)
    }

    var settings: ClusterSettings {
        ClusterSettings(durability: options.durability, extra: options.settings)
    }

    func report(_ progress: EmbeddedPostgresProgress) { options.progress?(progress) }

    /// Chooses the server programs; `major` is what existing data needs.
    func findInstallation(major: Int?) throws(EmbeddedPostgresError) -> Installation {
        try InstallationFinder(
            source: options.source,
            wheel: WheelInstallation(
                pin: options.needsVector ? .current : .encrypted, folder: layout.installationFolder,
                account: account, deadline: deadline,
                report: { [options] in options.progress?($0) }),
            local: LocalInstallations(
                account: account, deadline: deadline, needsVector: options.needsVector)
        ).find(major: major)
    }

    /// The cluster in `folder`, which is made if it is not there and handed to the server's account.
    func cluster(makingFolder folder: String) throws(EmbeddedPostgresError) -> Cluster {
        try FileStore.makeFolder(folder, mode: 0o700)
        try FileStore.handOver(folder, to: account)
        return Cluster(folder: folder, account: account, deadline: deadline)
    }
}
