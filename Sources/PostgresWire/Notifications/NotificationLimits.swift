internal import PostgresProtocol

/// What the server takes of a notification, checked before anything is sent.
///
/// Source: PostgreSQL 18 manual, "NOTIFY"; NAMEDATALEN is 64 and the payload must be shorter than 8000 bytes.
enum NotificationLimits {
    static let channelBytes = 63
    static let payloadBytes = 7_999

    static func takes(channel: String) -> Bool {
        !channel.isEmpty && channel.utf8.count <= channelBytes && !channel.holdsZeroByte
    }

    static func check(channel: String, payload: String) throws(PostgresError) {
        guard !channel.isEmpty else { throw invalid("the channel's name is empty") }
        guard channel.utf8.count <= channelBytes else {
            throw invalid(
                "the channel's name has \(channel.utf8.count) bytes, at most \(channelBytes) are allowed")
        }
        guard payload.utf8.count <= payloadBytes else {
            throw invalid(
                "the payload has \(payload.utf8.count) bytes, at most \(payloadBytes) are allowed."
                    + " Store the data and send their key")
        }
        guard !channel.holdsZeroByte else { throw .zeroCharacter(in: "the channel's name") }
        guard !payload.holdsZeroByte else { throw .zeroCharacter(in: "the payload") }
    }

    private static func invalid(_ reason: String) -> PostgresError {
        PostgresError(.encoding, effect: .none, reason: reason)
    }
}
