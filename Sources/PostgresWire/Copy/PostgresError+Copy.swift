extension PostgresError {
    static let notACopyOut = PostgresError(
        .invalidUse, effect: .unknown,
        reason: "the statement is not a COPY to the client. Use query or collect")

    static let unexpectedCopyOut = PostgresError(
        .invalidUse, effect: .unknown, reason: "the statement is a COPY to the client. Use copyOut")

    static let copyParameters = PostgresError(
        .invalidUse, effect: .none,
        reason:
            "a COPY takes no parameters. Write names with \\(identifier:), filter in a view or temporary table"
    )

    static let copyRowTooLarge = PostgresError(
        .encoding, effect: .none, reason: "a row of a COPY must be smaller than 1 GiB. Split its values")

    static let copyCancelled = PostgresError(
        .cancelled, effect: .rolledBack, reason: "the task was cancelled and the COPY given up")

    static func copy(_ fault: CopyFault) -> PostgresError {
        PostgresError(
            .decoding, effect: .unknown,
            reason:
                "the data of the COPY contradict the binary format (\(fault)). Nothing more of it can be read",
            cause: fault)
    }
}
