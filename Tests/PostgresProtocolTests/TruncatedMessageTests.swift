import PostgresProtocol
import TestSupport
import Testing

/// Every decoder is fed every beginning of a right message, and one byte too many.
@Suite struct TruncatedMessageTests {
    struct Sample: Sendable, CustomTestStringConvertible {
        let name: String
        let body: [UInt8]
        /// How many bytes are a right message of their own.
        var rightLengths: ClosedRange<Int>?
        let decode: @Sendable ([UInt8]) throws -> Void

        var testDescription: String { name }
    }

    static let samples: [Sample] = [
        Sample(name: "AuthenticationMD5Password", body: hex("00000005 01020304")) {
            _ = try AuthenticationRequest($0.span.bytes)
        },
        Sample(name: "AuthenticationSASL", body: hex("0000000a 6100 6200 00")) {
            _ = try AuthenticationRequest($0.span.bytes)
        },
        Sample(name: "AuthenticationOk", body: hex("00000000")) {
            _ = try AuthenticationRequest($0.span.bytes)
        },
        Sample(
            name: "BackendKeyData", body: hex("00000001") + [UInt8](repeating: 5, count: 256),
            rightLengths: 8...260
        ) {
            _ = try BackendKey($0.span.bytes)
        },
        Sample(name: "CommandComplete", body: Array("SELECT 1\0".utf8)) { _ = try CommandTag($0.span.bytes) },
        Sample(name: "CopyInResponse", body: hex("01 0002 0001 0000")) {
            _ = try CopyResponse($0.span.bytes)
        },
        Sample(name: "ErrorResponse", body: Message.error.body) { _ = try DiagnosticFields($0.span.bytes) },
        Sample(name: "NegotiateProtocolVersion", body: hex("00000000 00000002 6100 6200")) {
            _ = try NegotiateProtocolVersion($0.span.bytes)
        },
        Sample(name: "NotificationResponse", body: Message.notification.body) {
            _ = try NotificationResponse($0.span.bytes)
        },
        Sample(name: "ParameterDescription", body: hex("0002 00000017 00000019")) {
            _ = try ParameterDescription.types($0.span.bytes)
        },
        Sample(name: "ParameterStatus", body: Message.parameterStatus.body) {
            _ = try ParameterStatus($0.span.bytes)
        },
        Sample(name: "ReadyForQuery", body: [0x49]) {
            _ = try TransactionStatus(readyForQuery: $0.span.bytes)
        },
        Sample(name: "RowDescription", body: Message.columns.body) {
            _ = try FieldDescription.list(rowDescription: $0.span.bytes)
        },
        Sample(name: "DataRow", body: hex("0002 00000004 00000001 ffffffff")) {
            try DataRow.check($0.span.bytes, columns: 2)
        },
    ]

    @Test(arguments: samples)
    func `a message that ends early or late is refused`(sample: Sample) throws {
        try sample.decode(sample.body)
        for count in 0..<sample.body.count {
            let part = Array(sample.body.prefix(count))
            if let right = sample.rightLengths, right.contains(count) {
                try sample.decode(part)
            } else {
                #expect(throws: WireFault.self, "\(count) of \(sample.body.count) bytes") {
                    try sample.decode(part)
                }
            }
        }
        #expect(throws: WireFault.self, "one byte too many") { try sample.decode(sample.body + [0]) }
    }

    @Test(arguments: samples)
    func `a message with any one byte changed is decoded or refused`(sample: Sample) {
        var decoded = 0
        for index in sample.body.indices {
            for value in [0, 1, 0x7f, 0x80, 0xff] as [UInt8] {
                var body = sample.body
                body[index] = value
                do {
                    try sample.decode(body)
                    decoded += 1
                } catch {
                    #expect(error is WireFault)
                }
            }
        }
        #expect(decoded < sample.body.count * 5 + 1)
    }
}
