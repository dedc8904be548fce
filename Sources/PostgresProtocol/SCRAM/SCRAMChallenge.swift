/// The server's first message of a SCRAM exchange, taken apart.
///
/// Source: RFC 5802, section 7 (`server-first-message`).
struct SCRAMChallenge: Sendable {
    /// Our nonce and the server's after it.
    let nonce: String
    let salt: [UInt8]
    let iterations: Int

    init(_ text: String) throws(SCRAMFault) {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        if parts.first?.hasPrefix("m=") == true { throw .malformed(.extensions) }
        guard parts.count >= 3, parts[0].hasPrefix("r="), parts[1].hasPrefix("s="), parts[2].hasPrefix("i=")
        else { throw .malformed(.serverFirst) }
        let nonce = parts[0].dropFirst(2)
        guard nonce.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }) else { throw .malformed(.serverFirst) }
        self.nonce = String(nonce)
        guard let salt = Base64.decode(parts[1].dropFirst(2)), (1...1_024).contains(salt.count) else {
            throw .malformed(.salt)
        }
        self.salt = salt
        let digits = parts[2].dropFirst(2)
        guard !digits.hasPrefix("0"), let iterations = Int(decimalDigits: digits) else {
            throw .malformed(.iterations)
        }
        self.iterations = iterations
    }
}
