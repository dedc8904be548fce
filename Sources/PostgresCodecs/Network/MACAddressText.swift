/// The text form that hardware addresses of both lengths share.
enum MACAddressText {
    static func text(_ value: UInt64, bytes: Int) -> String {
        stride(from: (bytes - 1) * 8, through: 0, by: -8).map { shift in
            let byte = UInt8(truncatingIfNeeded: value >> shift)
            return (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined(separator: ":")
    }

    static func value(_ text: String, bytes: Int) -> UInt64? {
        let separator: Character = text.contains("-") ? "-" : ":"
        let parts = text.split(separator: separator, omittingEmptySubsequences: false)
        guard parts.count == bytes else { return nil }
        var value: UInt64 = 0
        for part in parts {
            guard part.utf8.count == 2, part.first != "+", let byte = UInt8(part, radix: 16) else {
                return nil
            }
            value = value << 8 | UInt64(byte)
        }
        return value
    }
}
