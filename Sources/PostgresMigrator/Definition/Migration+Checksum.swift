import PostgresWire

extension Migration {
    /// Hashes a template so that check-outs with other line ends agree.
    static func checksum(of sql: String) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(sql.utf8.count)
        for byte in sql.utf8 {
            if byte == UInt8(ascii: "\n"), bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
            bytes.append(byte)
        }
        return OpenSSLCryptography.sha256Hexadecimal(bytes)
    }
}
