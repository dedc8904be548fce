public import JSONModel

/// Says how often a node is attempted, how long to wait in between, and how long it may take.
public struct FailurePolicy: Sendable, Hashable {
    /// The number of attempts; 0 and 1 both mean one.
    ///
    /// 0 to 10.
    public var maxRetries: Int
    /// How the wait grows.
    public var backoffStrategy: BackoffStrategy
    /// The wait after the first failed attempt.
    ///
    /// At most ten minutes.
    public var initialBackoff: Duration
    /// The longest wait.
    ///
    /// At most an hour.
    public var maxBackoff: Duration
    /// How long the node may take, all attempts and waits included.
    ///
    /// At most a day; nil means no limit.
    public var timeout: Duration?
    /// When to leave a failing node alone.
    public var circuitBreaker: CircuitBreakerPolicy?
    /// JSON keys that this version does not know, verbatim.
    public var additionalFields: JSONObject = [:]

    /// Creates a policy.
    public init(
        maxRetries: Int = 3, backoffStrategy: BackoffStrategy = .exponential,
        initialBackoff: Duration = .seconds(1), maxBackoff: Duration = .seconds(60), timeout: Duration? = nil,
        circuitBreaker: CircuitBreakerPolicy? = nil
    ) {
        self.maxRetries = maxRetries
        self.backoffStrategy = backoffStrategy
        self.initialBackoff = initialBackoff
        self.maxBackoff = maxBackoff
        self.timeout = timeout
        self.circuitBreaker = circuitBreaker
    }

    /// The number of attempts, at least one.
    public var attempts: Int { max(1, maxRetries) }

    /// The wait after failed attempt `attempt`, counted from 1; never above ``maxBackoff`` and never negative.
    public func backoff(afterAttempt attempt: Int) -> Duration {
        let step = max(1, attempt)
        return switch backoffStrategy {
        case .fixed: initialBackoff.clampedToBackoff(maxBackoff)
        case .linear: initialBackoff.multipliedForBackoff(by: Double(step)).clampedToBackoff(maxBackoff)
        case .exponential: initialBackoff.doubled(times: step - 1, upTo: maxBackoff)
        }
    }
}

extension FailurePolicy: JSONConvertible {
    package init(json: JSONValue) throws(WorkflowShapeError) {
        var fields = try FieldReader(json)
        self.init(
            maxRetries: try fields.value("max_retries", default: 3),
            backoffStrategy: try fields.value("backoff_strategy", default: .exponential),
            initialBackoff: try fields.value("initial_backoff_ms", default: .seconds(1)),
            maxBackoff: try fields.value("max_backoff_ms", default: .seconds(60)),
            timeout: try fields.optional("timeout_ms"),
            circuitBreaker: try fields.optional("circuit_breaker"))
        additionalFields = fields.remaining
    }

    package var json: JSONValue {
        var fields = FieldWriter(additionalFields)
        fields.write(maxRetries, as: "max_retries")
        fields.write(backoffStrategy, as: "backoff_strategy")
        fields.write(initialBackoff, as: "initial_backoff_ms")
        fields.write(maxBackoff, as: "max_backoff_ms")
        fields.write(timeout, as: "timeout_ms")
        fields.write(circuitBreaker, as: "circuit_breaker")
        return fields.json
    }
}
