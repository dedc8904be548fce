/// The five bytes before every message of the server: its type and its length.
///
/// Source: PostgreSQL 18 manual, "Message Formats".
public struct FrameHeader: Sendable, Equatable {
    /// How many bytes a header has.
    public static let byteCount = 5

    /// The largest body that is ever accepted unless a smaller limit is set: 1 GiB - 1 with its length word.
    public static let maximumBodyBytes = 0x3fff_fffb

    /// The largest body accepted before the server has authenticated us.
    public static let maximumBodyBytesBeforeAuthentication = 65_536

    /// The type of the message.
    public let tag: BackendTag

    /// The length of what follows the header.
    public let bodyBytes: Int

    /// Reads a header and checks it before anything is allocated or awaited.
    ///
    /// - Parameters:
    ///   - bytes: What has come and was not taken yet.
    ///   - limit: The largest body that is accepted now.
    /// - Returns: nil while fewer than five bytes are there.
    /// - Throws: `unknownCode` for a type no server sends, `lengthOutOfRange` for a length below 4, above `limit` or
    ///   outside of what a message of this type can have.
    @inlinable
    public static func read(_ bytes: RawSpan, limit: Int) throws(WireFault) -> FrameHeader? {
        guard bytes.byteCount >= byteCount else { return nil }
        let code = bytes.unsafeLoad(fromUncheckedByteOffset: 0, as: UInt8.self)
        guard let tag = BackendTag(rawValue: code) else { throw .unknownCode(Int(code), offset: 0) }
        let length = Int32(
            bigEndian: bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: 1, as: Int32.self))
        let body = Int(length) &- 4
        guard body >= 0, body <= limit, tag.allows(bodyBytes: body) else {
            throw .lengthOutOfRange(Int(length), offset: 1)
        }
        return FrameHeader(tag: tag, bodyBytes: body)
    }

    @usableFromInline
    init(tag: BackendTag, bodyBytes: Int) {
        self.tag = tag
        self.bodyBytes = bodyBytes
    }
}
