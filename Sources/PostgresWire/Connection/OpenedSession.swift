internal import PostgresProtocol

/// A session that the server has let in, before a loop takes it over.
struct OpenedSession: Sendable {
    /// How the one server was reached that let us in.
    let configuration: PostgresConfiguration
    let socket: Socket
    let protocolVersion: PostgresProtocolVersion
    let backendKey: BackendKey?
    let parameters: [String: String]
    let notices: [DiagnosticFields]
    let authenticationMethod: String
    let isChannelBound: Bool
    /// Bytes that came behind the first ReadyForQuery.
    let unread: [UInt8]
}
