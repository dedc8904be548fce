/// A message from `NOTIFY`.
public struct NotificationResponse: Hashable, Sendable {
    /// The server process that sent it.
    public let processID: Int32
    /// The channel.
    public let channel: String
    /// The payload, empty if none was given.
    public let payload: String

    /// Reads the body of a NotificationResponse.
    ///
    /// Wrong UTF-8, which any client of a `SQL_ASCII` database can send to all others, is replaced by U+FFFD.
    public init(_ body: RawSpan) throws(WireFault) {
        var reader = ByteReader(body)
        processID = try reader.integer()
        channel = try reader.repairedZeroTerminatedString()
        payload = try reader.repairedZeroTerminatedString()
        try reader.finish()
    }
}
