/// An error that knows whether another attempt can help.
public protocol RetryClassifying: Error {
    /// Whether another attempt can help; nil if that is not known, which counts as yes.
    var isRetryable: Bool? { get }
}
