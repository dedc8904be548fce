/// A message from `NOTIFY`.
public struct NotificationResponse: Hashable, Sendable {
    /// The server process that sent it.
    public let processID: Int32
    /// The channel.
    public let channel: String
    /// The payload, empty if none was given.
    public let payload: String

    /// Reads the body of a NotificationResponse.
    public init(_ body: RawSpan) throws(WireFault) {
        var reader = ByteReader(body)
        processID = try reader.integer()
        channel = try reader.zeroTerminatedString()
        payload = try reader.zeroTerminatedString()
        try reader.finish()
    }
}
