#if CLI
import ArgumentParser

/// Which adapters are checked.
enum ConformanceAdapter: String, ExpressibleByArgument, CaseIterable, Sendable {
    case postgres
    case memory
}

/// How verdicts are written.
enum ConformanceFormat: String, ExpressibleByArgument, CaseIterable, Sendable {
    case text
    case json
    case junit
}
#endif
