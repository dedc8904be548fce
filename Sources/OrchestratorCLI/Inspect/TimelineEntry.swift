#if CLI
import FoundationEssentials
import JSONModel

/// One line of a run's timeline.
struct TimelineEntry: Sendable {
    /// How the line is to be looked at.
    enum Kind: String, Sendable {
        case claim
        case step
        case setback
        case ending
    }

    var time: Date
    var kind: Kind
    var attempt: Int?
    var worker: String?
    var node: String?
    var text: String
    var duration: Duration?
    /// What the step cost in US dollars, if it said so.
    var costUSD: Double?

    func json(since start: Date) -> JSONValue {
        var object: JSONObject = [
            "at": .string(time.formatted(.iso8601.time(includingFractionalSeconds: true))),
            "offset_ms": .number(Int((time.timeIntervalSince(start) * 1000).rounded())),
            "kind": .string(kind.rawValue), "text": .string(text),
        ]
        object["attempt"] = attempt.map { .number($0) }
        object["worker"] = worker.map { .string($0) }
        object["node"] = node.map { .string($0) }
        object["duration_ms"] = duration.map { .number(Int($0 / .milliseconds(1))) }
        object["cost_usd"] = costUSD.map { .number($0) }
        return .object(object)
    }
}
#endif
