#if CLI
import JSONModel

/// One thing that the demo verifies.
struct DemoCheck: Sendable {
    /// A stable name.
    var id: String
    /// What should hold.
    var text: String
    var isOK: Bool
    /// What was found.
    var detail: String
    /// How many times a promise of the runtime was broken.
    var violations = 0

    var json: JSONValue {
        ["id": .string(id), "text": .string(text), "ok": .bool(isOK), "detail": .string(detail)]
    }

    /// A promise of the runtime: good if nothing breaks it.
    static func promise(_ id: String, _ text: String, violations: Int, detail: String) -> DemoCheck {
        DemoCheck(
            id: id, text: text, isOK: violations == 0,
            detail: violations == 0 ? detail : "\(Text.count(violations, "violation")); \(detail)",
            violations: violations)
    }
}
#endif
