internal import PostgresWire
internal import StoreContracts

extension StoreError {
    /// Translates a driver's error; its text stays as the cause.
    ///
    /// - Parameters:
    ///   - error: The driver's error.
    ///   - isRead: Whether the call wrote nothing, so that nothing of it can be durable.
    init(mapping error: PostgresError, isRead: Bool = false) {
        let effect: StoreEffect =
            switch error.effect {
            case .none: .none
            case .rolledBack: isRead ? .none : .rolledBack
            case .unknown: isRead ? .none : .unknown
            }
        let code = Self.code(for: error)
        let isSchema = error.server.map { Self.missingSchema.contains($0.sqlState) } ?? false
        self.init(
            code, effect: effect, cause: error.description,
            remedy: isSchema ? "Run `orchestrator migrate apply`." : nil)
    }

    /// Missing table, column, function, schema: SQLSTATEs of a database that was not migrated.
    private static let missingSchema: Set<String> = ["42P01", "42703", "42883", "3F000"]

    private static func code(for error: PostgresError) -> StoreErrorCode {
        if error.code == .cancelled { return .cancelled }
        if let fields = error.server { return code(for: fields) }
        switch error.code {
        case .connectionFailed, .connectionClosed, .protocolViolation, .poolExhausted: return .unavailable
        case .connectionRefused, .invalidConfiguration: return .misconfigured
        case .timedOut: return .timedOut
        case .cancelled: return .cancelled
        case .encoding: return .invalidArgument(name: "value")
        case .transactionRolledBack: return .contention
        case .server, .decoding, .unexpectedResult, .invalidUse: return .other
        }
    }

    private static func code(for fields: DiagnosticFields) -> StoreErrorCode {
        let table = fields.tableName ?? "a table"
        let constraint = fields.constraintName ?? "a constraint"
        switch fields.sqlState {
        case SQLState.uniqueViolation: return .alreadyExists(table: table, key: constraint)
        case SQLState.foreignKeyViolation: return .missingRecord(table: table, id: constraint)
        case SQLState.insufficientPrivilege, "25006": return .notPermitted
        case "40001", "40P01", "0A000", "26000", SQLState.runRefused: return .contention
        case "55P03", "57014", "25P03", "25P04": return .timedOut
        case "57P01", "57P02", "57P03", "53300": return .unavailable
        case "28000", "28P01", "3D000": return .misconfigured
        case _ where missingSchema.contains(fields.sqlState): return .misconfigured
        case let state where state.hasPrefix("08"): return .unavailable
        case let state where state.hasPrefix("53") || state.hasPrefix("54"): return .resourceExhausted
        case let state where state.hasPrefix("22") || state.hasPrefix("23"):
            return .invalidArgument(name: fields.columnName ?? fields.constraintName ?? "value")
        default: return .other
        }
    }
}
