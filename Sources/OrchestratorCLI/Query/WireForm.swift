#if CLI
import ArgumentParser

/// How values travel.
enum WireForm: String, ExpressibleByArgument, CaseIterable, Sendable {
    case binary
    case text
}
#endif
