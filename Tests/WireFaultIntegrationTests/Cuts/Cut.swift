import TestSupport

/// Where and how the server's half of a conversation is disturbed.
struct Cut: Sendable, CustomStringConvertible {
    /// What happens there.
    enum Kind: String, Sendable, CaseIterable {
        /// The connection ends.
        case finish = "fin"
        /// The connection is reset.
        case reset = "rst"
        /// The server ends its direction and goes on reading.
        case halfClose = "half close"
        /// The rest comes a moment later, in a packet of its own.
        case split
        /// A bit of the last byte is flipped.
        case flip
    }

    /// After how many bytes of the server.
    let offset: Int
    let kind: Kind

    var description: String { "\(kind.rawValue) after \(offset) bytes" }
}
