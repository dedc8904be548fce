/// A Swift value that has no form in the PostgreSQL type it is meant for.
public enum EncodingFault: Error, Hashable, Sendable {
    /// The value is outside of what the type can hold.
    case outOfRange(type: StaticStringName)
    /// A text contains the character U+0000, which PostgreSQL cannot store.
    case zeroCharacter
    /// The encoded value is longer than `limit` bytes.
    case tooLong(bytes: Int, limit: Int)
    /// A container has more elements or dimensions than the type allows.
    case tooManyElements(count: Int, limit: Int)
    /// The rows of a nested array differ in length.
    case raggedArray
    /// A vector is empty, too long, or holds NaN or an infinity.
    case invalidVector(reason: StaticStringName)
    /// A user's own type refused the value, for this reason.
    case custom(StaticStringName)
}
