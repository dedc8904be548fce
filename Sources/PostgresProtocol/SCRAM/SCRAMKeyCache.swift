/// Remembers salted passwords, which cost milliseconds to make, between the logins of a pool.
public struct SCRAMKeyCache: Sendable {
    /// The salted password for a salt and a number of iterations, if it is known.
    public var salted: @Sendable (_ salt: [UInt8], _ iterations: Int) -> [UInt8]?
    /// Takes one that was made.
    public var remember: @Sendable (_ salt: [UInt8], _ iterations: Int, _ salted: [UInt8]) -> Void

    /// Names the two functions.
    public init(
        salted: @escaping @Sendable ([UInt8], Int) -> [UInt8]?,
        remember: @escaping @Sendable ([UInt8], Int, [UInt8]) -> Void
    ) {
        self.salted = salted
        self.remember = remember
    }
}
