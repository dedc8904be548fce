#if CLI
import Orchestrator

/// Why a handler of the demo cannot do its work; trying again does not help.
struct ResearchError: Error, RetryClassifying, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }

    var isRetryable: Bool? { false }
}
#endif
