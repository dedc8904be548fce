extension ClientEvent {
    /// Why something failed, without what may quote data.
    public struct Failure: Hashable, Sendable {
        /// The code of the `PostgresError`.
        public let code: PostgresError.Code
        /// Whether the server may have acted.
        public let effect: PostgresError.Effect
        /// The server's SQLSTATE.
        public let sqlState: String?
        /// What this client says about it; empty for an error of the server.
        public let reason: String
        /// The constraint that was violated.
        public let constraint: String?
        /// The server's primary message, which may quote data; nil unless
        /// `ObservationOptions.includesServerMessages`.
        public let message: String?

        /// The SQLSTATE, or the code if the server did not say one: few values, for grouping.
        public var type: String { sqlState ?? code.rawValue }

        init(_ error: PostgresError, _ options: ObservationOptions) {
            // The text of an error that wraps another quotes it, and so what the server has said.
            let cause = error.cause as? PostgresError
            let server = error.server ?? cause?.server
            code = error.code
            effect = error.effect
            sqlState = server?.sqlState
            reason = cause?.server == nil ? error.reason : ""
            constraint = server?.constraintName
            message = options.includesServerMessages ? server?.message : nil
        }
    }
}
