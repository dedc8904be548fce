/// What a proxy does with what one side has said.
enum FaultStep: Sendable, Equatable {
    /// Pass bytes on.
    case send([UInt8])
    /// Wait before the next step.
    case pause(Duration)
    /// Cut both connections.
    case cut(FaultEnding)
    /// Pass nothing on any more.
    case silence(FaultReach)
    /// End this direction.
    case halfClose
}
