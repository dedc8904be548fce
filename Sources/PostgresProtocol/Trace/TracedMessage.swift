/// One message of a conversation as a wire trace shows it.
///
/// Passwords, what SASL exchanges, and cancel keys are never in it; parameters and row data only if the trace was
/// asked for values. SQL is shown as it was sent.
public struct TracedMessage: Hashable, Sendable {
    /// Who sent it.
    public enum Sender: String, Hashable, Sendable {
        /// The client.
        case frontend
        /// The server.
        case backend
    }

    /// A part of a message that matters to a reader.
    public struct Field: Hashable, Sendable {
        /// The part's name.
        public var name: String
        /// What it holds, or how large it is where that is hidden.
        public var value: String

        /// Describes a part.
        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// Who sent it.
    public var sender: Sender
    /// The message's name in the manual, as `RowDescription`.
    public var name: String
    /// How many bytes it has, its type and length included.
    public var byteCount: Int
    /// What it says, in the order of the message.
    public var fields: [Field]
    /// Why its bytes are not what a message of this name holds; nil if they are.
    public var fault: WireFault?

    /// Describes a message.
    public init(
        _ sender: Sender, _ name: String, byteCount: Int, fields: [Field] = [], fault: WireFault? = nil
    ) {
        self.sender = sender
        self.name = name
        self.byteCount = byteCount
        self.fields = fields
        self.fault = fault
    }

    /// What the message says, on one line: `statement=o_1 sql="SELECT 1"`.
    public var details: String {
        var parts = fields.map { "\($0.name)=\(TraceText.word($0.value))" }
        if let fault { parts.append("malformed: \(fault)") }
        return parts.joined(separator: " ")
    }
}

extension TracedMessage: CustomStringConvertible {
    /// One line: who, what, how many bytes, and what it says.
    public var description: String {
        let arrow = sender == .frontend ? "→" : "←"
        return "\(arrow) \(name) \(byteCount) B" + (details.isEmpty ? "" : " " + details)
    }
}
