/// What fits into the messages of a client; the driver checks it before it writes the first byte.
///
/// Source: PostgreSQL 18 manual, "Message Formats"; the server refuses messages of 1 GiB.
public enum FrontendLimits {
    /// How many parameters a statement has at most: their count travels in 16 bits.
    public static let maximumParameters = 65_535

    /// How many bytes a message may have at most, its length word included.
    public static let maximumMessageBytes = 0x3fff_ffff
}
