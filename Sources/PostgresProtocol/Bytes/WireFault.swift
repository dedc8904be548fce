/// Bytes that contradict the format they claim to have.
///
/// It carries positions and counts only, never the bytes: they may be row data or a secret.
public enum WireFault: Error, Hashable, Sendable {
    /// A field of `needed` bytes begins at `offset`, where only `available` bytes are left.
    case truncated(needed: Int, available: Int, offset: Int)
    /// `count` bytes follow the last field.
    case trailingBytes(count: Int, offset: Int)
    /// A length or count at `offset` is outside of what the format allows.
    case lengthOutOfRange(Int, offset: Int)
    /// A string that begins at `offset` has no terminating zero byte.
    case unterminatedString(offset: Int)
    /// Bytes that must be UTF-8 are not.
    case invalidUTF8(offset: Int)
    /// A code at `offset` has no meaning in this place.
    case unknownCode(Int, offset: Int)
}

extension WireFault: CustomStringConvertible {
    /// A sentence with the position, without any of the bytes.
    public var description: String {
        switch self {
        case .truncated(let needed, let available, let offset):
            "the data end too early: \(needed) bytes needed at offset \(offset), \(available) left"
        case .trailingBytes(let count, let offset):
            "\(count) bytes too many at offset \(offset)"
        case .lengthOutOfRange(let length, let offset):
            "the length \(length) at offset \(offset) is out of range"
        case .unterminatedString(let offset):
            "the string at offset \(offset) is not terminated"
        case .invalidUTF8(let offset):
            "the text at offset \(offset) is not UTF-8"
        case .unknownCode(let code, let offset):
            "the code \(code) at offset \(offset) is unknown"
        }
    }
}
