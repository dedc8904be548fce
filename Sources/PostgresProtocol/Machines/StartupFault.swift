/// Why a session did not come to be.
public enum StartupFault: Error, Hashable, Sendable {
    /// Bytes that contradict their format.
    case malformed(WireFault)
    /// A message at the wrong time.
    case violation(ProtocolViolation)
    /// The server refused, and said why.
    case server(DiagnosticFields)
    /// The server wants a password and none is configured.
    case passwordMissing
    /// The server wants the password in the clear over a connection that others may read.
    case cleartextPasswordRefused
    /// The server wants a method that this client does not speak.
    case unsupportedAuthentication(String)
    /// The server wants a method that the configuration does not accept.
    case methodRefused(StartupPolicy.Method)
    /// Channel binding is required, and the server or the connection cannot do it.
    case channelBindingUnavailable
    /// The server offers channel binding on a connection that is not encrypted: somebody stands between.
    case channelBindingWithoutEncryption
    /// The server let us in without finishing the SCRAM exchange that proves who it is.
    case authenticationSkipped
    /// The SCRAM exchange failed.
    case scram(SCRAMFault)
    /// The server speaks no protocol version that we accept: its newest is 3.`minor`.
    case unsupportedProtocolVersion(minor: Int32)
}
