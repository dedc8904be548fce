/// A run-time parameter that the server reports: at the start and whenever it changes.
public struct ParameterStatus: Hashable, Sendable {
    /// The parameter's name, as `server_version`.
    public let name: String
    /// Its value now.
    public let value: String

    /// Reads the body of a ParameterStatus.
    public init(_ body: RawSpan) throws(WireFault) {
        var reader = ByteReader(body)
        name = try reader.repairedZeroTerminatedString()
        value = try reader.repairedZeroTerminatedString()
        try reader.finish()
    }
}
