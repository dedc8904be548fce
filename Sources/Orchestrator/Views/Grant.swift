/// The grants that are no memory keys.
enum Grant {
    static let status = "status"
    static let controlFlow = "control_flow"
    static let all: Set<String> = [status, controlFlow]
}
