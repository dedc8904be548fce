internal import CReadiness

/// What a registered descriptor waits for.
struct Interest: OptionSet, Sendable {
    let rawValue: UInt32

    static let read = Interest(rawValue: CREADINESS_READ)
    static let write = Interest(rawValue: CREADINESS_WRITE)
}
