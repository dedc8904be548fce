package import JSONModel

/// Says when a node that keeps failing is left alone for a while.
public struct CircuitBreakerPolicy: Sendable, Hashable {
    /// Whether the breaker works at all.
    public var isEnabled: Bool
    /// How many consecutive failures open it.
    ///
    /// 1 to 1,000.
    public var failureThreshold: Int
    /// How many good probes close it.
    ///
    /// 1 to 1,000.
    public var successThreshold: Int
    /// How long it stays open before a probe.
    ///
    /// At most an hour.
    public var timeout: Duration

    /// Creates a policy.
    public init(
        isEnabled: Bool = false, failureThreshold: Int = 5, successThreshold: Int = 2,
        timeout: Duration = .seconds(60)
    ) {
        self.isEnabled = isEnabled
        self.failureThreshold = failureThreshold
        self.successThreshold = successThreshold
        self.timeout = timeout
    }
}

extension CircuitBreakerPolicy: JSONConvertible {
    package init(json: JSONValue) throws(WorkflowShapeError) {
        var fields = try FieldReader(json)
        isEnabled = try fields.value("enabled", default: false)
        failureThreshold = try fields.value("failure_threshold", default: 5)
        successThreshold = try fields.value("success_threshold", default: 2)
        timeout = try fields.value("timeout_ms", default: .seconds(60))
    }

    package var json: JSONValue {
        var fields = FieldWriter()
        fields.write(isEnabled, as: "enabled")
        fields.write(failureThreshold, as: "failure_threshold")
        fields.write(successThreshold, as: "success_threshold")
        fields.write(timeout, as: "timeout_ms")
        return fields.json
    }
}
