/// When a fault happens, counted in what one side of a connection says.
package enum FaultMoment: Sendable, Hashable {
    /// After this many bytes.
    case byte(Int)
    /// Before the k-th message of this name, from 1.
    case before(String, Int)
    /// Within the k-th message of this name: all but its last byte is passed on.
    case inside(String, Int)
    /// Behind the k-th message of this name.
    case after(String, Int)
}
