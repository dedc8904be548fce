import PostgresProtocol

/// The decoder of each message of the server; the first byte chooses it.
enum MessageBody {
    private static let readers: [@Sendable ([UInt8]) throws -> Void] = [
        { _ = try AuthenticationRequest($0.span.bytes) },
        { _ = try BackendKey($0.span.bytes) },
        { _ = String(describing: try CommandTag($0.span.bytes)) },
        { _ = try CopyResponse($0.span.bytes) },
        { _ = String(describing: try DiagnosticFields($0.span.bytes)) },
        { _ = try FieldDescription.list(rowDescription: $0.span.bytes) },
        { _ = try NegotiateProtocolVersion($0.span.bytes) },
        { _ = try NotificationResponse($0.span.bytes) },
        { _ = try ParameterDescription.types($0.span.bytes) },
        { _ = try ParameterStatus($0.span.bytes) },
        { _ = try TransactionStatus(readyForQuery: $0.span.bytes) },
        { try DataRow.check($0.span.bytes, columns: $0.count > 1 ? Int($0[1]) : 0) },
        { _ = try FrameHeader.read($0.span.bytes, limit: 1_000) },
    ]

    static func complaint(_ bytes: [UInt8]) -> String? {
        var input = FuzzInput(bytes)
        let read = input.choice(of: readers)
        do {
            try read(input.rest)
        } catch {
            return error is WireFault ? nil : "another error than a fault of the wire: \(error)"
        }
        return nil
    }
}
