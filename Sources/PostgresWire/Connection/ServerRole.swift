/// What a server's sessions may do.
struct ServerRole: Sendable {
    let isStandby: Bool
    let isReadOnly: Bool

    func suits(_ target: TargetSession) -> Bool {
        switch target {
        case .any, .preferStandby: true
        case .readWrite: !isReadOnly && !isStandby
        case .readOnly: isReadOnly || isStandby
        case .primary: !isStandby
        case .standby: isStandby
        }
    }
}
