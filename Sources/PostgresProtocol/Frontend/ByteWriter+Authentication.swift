/// Answers to the server's Authentication messages.
extension ByteWriter {
    /// Appends a PasswordMessage: the password, or its MD5 form.
    public mutating func appendPassword(_ password: String) {
        append(UInt8(ascii: "p"))
        let position = beginLength()
        append(zeroTerminated: password)
        endMessage(at: position)
    }

    /// Appends a SASLInitialResponse.
    public mutating func appendSASLInitialResponse(mechanism: String, data: [UInt8]) {
        append(UInt8(ascii: "p"))
        let position = beginLength()
        append(zeroTerminated: mechanism)
        append(Int32(data.count))
        data.withUnsafeBytes { append(buffer: $0) }
        endMessage(at: position)
    }

    /// Appends a SASLResponse.
    public mutating func appendSASLResponse(_ data: [UInt8]) {
        append(UInt8(ascii: "p"))
        let position = beginLength()
        data.withUnsafeBytes { append(buffer: $0) }
        endMessage(at: position)
    }
}
