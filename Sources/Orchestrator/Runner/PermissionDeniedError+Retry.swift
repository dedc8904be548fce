extension PermissionDeniedError: RetryClassifying {
    /// False: the same handler writes the same keys again.
    public var isRetryable: Bool? { false }
}
