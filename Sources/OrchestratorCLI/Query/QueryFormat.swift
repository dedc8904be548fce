#if CLI
import ArgumentParser

/// How rows are written.
enum QueryFormat: String, ExpressibleByArgument, CaseIterable, Sendable {
    case table
    case csv
    case json
}
#endif
