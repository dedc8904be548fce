import PostgresProtocol

/// The start of a session, with every policy and cryptography that costs nothing.
enum StartupBody {
    static func complaint(_ bytes: [UInt8]) -> String? {
        var input = FuzzInput(bytes)
        let flags = input.byte()
        let policy = StartupPolicy(
            channelBinding: StartupPolicy.ChannelBinding.allCases[flags % 3],
            allowsCleartextPassword: flags & 4 != 0, iterations: 1...4_096,
            versions: flags & 8 != 0 ? .v30 ... .v32 : .v30 ... .v30)
        let identity = StartupMachine.Identity(
            user: "app", password: flags & 16 != 0 ? nil : "pencil", parameters: [], policy: policy,
            isEncrypted: flags & 32 != 0, serverEndPoint: flags & 64 != 0 ? [1, 2, 3] : nil, nonce: "ab",
            cryptography: cheap, md5Hexadecimal: { "\($0.count)" })
        var machine = StartupMachine(identity)
        var writer = ByteWriter(capacity: 256)
        machine.start(into: &writer)
        return follow(&machine, &writer, input.rest, policy)
    }

    private static func follow(
        _ machine: inout StartupMachine, _ writer: inout ByteWriter, _ bytes: [UInt8], _ policy: StartupPolicy
    ) -> String? {
        var offset = 0
        var proofs = 0
        do {
            while let header = try FrameHeader.read(
                bytes.span.bytes.extracting(offset...),
                limit: FrameHeader.maximumBodyBytesBeforeAuthentication)
            {
                let end = offset + FrameHeader.byteCount + header.bodyBytes
                guard end <= bytes.count else { return nil }
                let body = bytes.span.bytes.extracting(offset + FrameHeader.byteCount..<end)
                if case .saslFinal? = try? AuthenticationRequest(body), header.tag == .authentication {
                    proofs += 1
                }
                let action = try machine.received(header.tag, body, into: &writer)
                offset = end
                guard action == .ready else { continue }
                if policy.channelBinding == .require, case .serverEndPoint = machine.channelBinding {
                } else if policy.channelBinding == .require {
                    return "a session began without the channel binding that is required"
                }
                if machine.authenticationMethod == "scram-sha-256", proofs == 0 {
                    return "a session began without the server's proof"
                }
                return nil
            }
        } catch {
            return nil
        }
        return nil
    }

    private static let cheap = SCRAMCryptography(
        sha256: { fold($0) }, hmacSHA256: { fold($0 + $1) },
        pbkdf2SHA256: { fold($0 + $1 + [UInt8($2 & 255)]) })

    private static func fold(_ bytes: [UInt8]) -> [UInt8] {
        let sum = bytes.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 }
        return (0..<4).map { UInt8(truncatingIfNeeded: sum >> (8 * $0)) }
    }
}
