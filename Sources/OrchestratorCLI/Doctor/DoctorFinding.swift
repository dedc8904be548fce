#if CLI
import JSONModel

/// Something that the doctor found, and the one thing to do about it.
struct DoctorFinding: Sendable {
    /// How bad it is.
    enum Level: String, Sendable, CaseIterable {
        /// It will not work.
        case error
        /// It works and is slow, unsafe or about to break.
        case warning
        /// Nothing is wrong; it is worth knowing.
        case note
    }

    var level: Level
    /// What was found, without its full stop.
    var text: String
    /// What to do, without its full stop.
    var remedy: String

    init(_ level: Level, _ text: String, remedy: String) {
        self.level = level
        self.text = Self.withoutStop(text)
        self.remedy = Self.withoutStop(remedy)
    }

    private static func withoutStop(_ text: String) -> String {
        text.hasSuffix(".") ? String(text.dropLast()) : text
    }

    var json: JSONValue {
        ["level": .string(level.rawValue), "text": .string(text), "remedy": .string(remedy)]
    }
}
#endif
