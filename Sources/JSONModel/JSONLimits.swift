/// How much a reader of JSON accepts.
public struct JSONLimits: Hashable, Sendable {
    /// The greatest value of `depth`: no reader, writer or comparison then runs out of stack.
    public static let maximumDepth = 512

    /// How many arrays and objects may lie in one another; a scalar has depth 0, `[]` has depth 1.
    public let depth: Int
    /// How many bytes the text may have.
    public let bytes: Int

    /// Creates limits; `depth` is cut to `maximumDepth`.
    public init(depth: Int = 128, bytes: Int = 64 << 20) {
        self.depth = min(max(depth, 0), Self.maximumDepth)
        self.bytes = max(bytes, 0)
    }
}
