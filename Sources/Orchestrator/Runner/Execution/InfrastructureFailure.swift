/// A failure of the store inside a node's execution: no fault of the node, so no attempt of it is spent.
struct InfrastructureFailure: Error {
    let underlying: any Error
}
