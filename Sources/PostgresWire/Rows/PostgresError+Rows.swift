extension PostgresError {
    static func unreadable(_ reason: String) -> PostgresError {
        PostgresError(.decoding, effect: .unknown, reason: reason)
    }

    /// What a type's own `init(from:)` threw; its text, which may hold data, is only in the cause.
    static func row(_ error: any Error, wanted: Any.Type) -> PostgresError {
        PostgresError(
            .decoding, effect: .unknown, reason: "a row cannot be read as \(wanted)\(place(of: error))",
            cause: error)
    }

    static func json(_ error: any Error, _ column: Column) -> PostgresError {
        var result = PostgresError(
            .decoding, effect: .unknown,
            reason: "the \(column.type) of column \(column.index) \"\(column.name)\" cannot be read as"
                + " \(column.wantedType)\(place(of: error))",
            cause: error)
        result.column = column
        return result
    }

    private static func place(of error: any Error) -> String {
        switch error as? DecodingError {
        case .keyNotFound(let key, _): return ": \"\(key.stringValue)\" is missing"
        case .typeMismatch(let type, let context): return ": no \(type)\(path(context))"
        case .valueNotFound(let type, let context): return ": null and no \(type)\(path(context))"
        case .dataCorrupted(let context): return ": a value is wrong\(path(context))"
        default: return ""
        }
    }

    private static func path(_ context: DecodingError.Context) -> String {
        let path = context.codingPath.map(\.stringValue).joined(separator: ".")
        return path.isEmpty ? "" : " at \"\(path)\""
    }
}
