#if CLI
import JSONModel
import Locking
import PostgresWire

/// The messages of a trace: the first ones, and how many more there were.
final class TraceLog: Sendable {
    /// How many messages are kept.
    static let maximumMessages = 10_000

    private struct State {
        var events: [WireTrace.Event] = []
        var omitted = 0
    }

    private let state = Lock(State())

    /// Is called in the middle of sending and receiving.
    func add(_ event: WireTrace.Event) {
        state.withLock { state in
            guard state.events.count < Self.maximumMessages else {
                state.omitted += 1
                return
            }
            state.events.append(event)
        }
    }

    var isEmpty: Bool { state.withLock { $0.events.isEmpty } }

    /// One line for each message: time, direction, name, size, and what it says.
    func text(_ console: Console) -> String {
        let (events, omitted) = state.withLock { ($0.events, $0.omitted) }
        let nameWidth = events.map { $0.message.name.utf8.count }.max() ?? 0
        let sizeWidth = events.map { String($0.message.byteCount).utf8.count }.max() ?? 0
        let hasSeveral = events.contains { $0.connection > 1 }
        var lines = events.map { event -> String in
            let message = event.message
            let isOurs = message.sender == .frontend
            let time = Self.padded(Text.decimal(event.time / .milliseconds(1), places: 3), 9, left: true)
            let name = Self.padded(message.name, nameWidth, left: false)
            let size = Self.padded(String(message.byteCount), sizeWidth, left: true)
            let connection = hasSeveral ? "#\(event.connection) " : ""
            let arrow = console.paint(isOurs ? "→" : "←", isOurs ? .strong : .good)
            let details = message.fault == nil ? message.details : console.paint(message.details, .bad)
            return connection + console.paint(time, .faint) + " \(arrow) \(name) \(size)"
                + (details.isEmpty ? "" : "  " + details)
        }
        if omitted > 0 { lines.append("… and \(Text.count(omitted, "further message"))") }
        return lines.joined(separator: "\n")
    }

    /// The same as one document.
    var json: JSONValue {
        let (events, omitted) = state.withLock { ($0.events, $0.omitted) }
        let messages = events.map { event -> JSONValue in
            let message = event.message
            var fields = JSONObject()
            for field in message.fields { fields[field.name] = .string(field.value) }
            return [
                "connection": .number(event.connection),
                "milliseconds": .number((event.time / .microseconds(1)).rounded() / 1_000),
                "sender": .string(message.sender.rawValue), "message": .string(message.name),
                "bytes": .number(message.byteCount), "fields": .object(fields),
                "malformed": message.fault.map { .string($0.description) } ?? .null,
            ]
        }
        return ["messages": .array(messages), "omitted": .number(omitted)]
    }

    private static func padded(_ text: String, _ width: Int, left: Bool) -> String {
        let blanks = String(repeating: " ", count: max(0, width - text.count))
        return left ? blanks + text : text + blanks
    }
}
#endif
