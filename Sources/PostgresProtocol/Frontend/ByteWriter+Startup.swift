/// Messages that open a connection; they have no type byte.
extension ByteWriter {
    /// Appends a StartupMessage.
    ///
    /// Names and values hold no U+0000 and no name is empty; the caller has checked (`holdsZeroByte`).
    public mutating func appendStartup(
        version: PostgresProtocolVersion, parameters: [(name: String, value: String)]
    ) {
        let position = beginLength()
        append(version.number)
        for parameter in parameters {
            append(zeroTerminated: parameter.name)
            append(zeroTerminated: parameter.value)
        }
        append(UInt8(0))
        endMessage(at: position)
    }

    /// Appends an SSLRequest.
    public mutating func appendSSLRequest() {
        append(Int32(8))
        append(Int32(80_877_103))
    }

    /// Appends a CancelRequest.
    public mutating func appendCancelRequest(_ key: BackendKey) {
        append(Int32(12 + key.secret.count))
        append(Int32(80_877_102))
        append(key.processID)
        for byte in key.secret { append(byte) }
    }
}
