/// What the server asks for before it lets us in.
public enum AuthenticationRequest: Sendable, Equatable {
    /// We are in.
    case ok
    /// The password as it is.
    case cleartextPassword
    /// The password hashed with MD5 and this salt.
    case md5Password(salt: [UInt8])
    /// One of these SASL mechanisms, in the server's order.
    case sasl(mechanisms: [String])
    /// The next message of the SASL exchange.
    case saslContinue([UInt8])
    /// The last message of the SASL exchange.
    case saslFinal([UInt8])
    /// A method that this client does not know, as GSSAPI (7) or SSPI (9).
    case unsupported(code: Int32)

    /// Reads the body of an Authentication message.
    public init(_ body: RawSpan) throws(WireFault) {
        var reader = ByteReader(body)
        let code = try reader.integer(Int32.self)
        switch code {
        case 0: self = .ok
        case 3: self = .cleartextPassword
        case 5: self = .md5Password(salt: try reader.bytes(count: 4).copiedBytes)
        case 10: self = .sasl(mechanisms: try Self.mechanisms(&reader))
        case 11: self = .saslContinue(reader.rest().copiedBytes)
        case 12: self = .saslFinal(reader.rest().copiedBytes)
        default:
            _ = reader.rest()
            self = .unsupported(code: code)
        }
        try reader.finish()
    }

    private static func mechanisms(_ reader: inout ByteReader) throws(WireFault) -> [String] {
        var names: [String] = []
        while true {
            let name = try reader.zeroTerminatedString()
            if name.isEmpty { return names }
            guard names.count < 16 else { throw .lengthOutOfRange(names.count + 1, offset: reader.offset) }
            names.append(name)
        }
    }
}

extension AuthenticationRequest: CustomStringConvertible, CustomReflectable {
    /// The kind of the request, without the server's nonce and salt.
    public var description: String {
        switch self {
        case .ok: "ok"
        case .cleartextPassword: "password"
        case .md5Password: "md5"
        case .sasl(let mechanisms): "sasl \(mechanisms)"
        case .saslContinue: "sasl continue"
        case .saslFinal: "sasl final"
        case .unsupported(let code): "method \(code)"
        }
    }

    /// Shows nothing: salts and nonces stay out of logs.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
