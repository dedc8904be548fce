/// The fields of an ErrorResponse or NoticeResponse.
///
/// Source: PostgreSQL 18 manual, "Error and Notice Message Fields".
public struct DiagnosticFields: Hashable, Sendable {
    /// The severity in English: ERROR, FATAL, PANIC, WARNING, NOTICE, DEBUG, INFO or LOG.
    public var severity = ""
    /// The SQLSTATE, five characters.
    public var sqlState = ""
    /// The primary message.
    public var message = ""
    /// More about the problem; may quote row data.
    public var detail: String?
    /// What the server suggests.
    public var hint: String?
    /// Where in the statement, counted in characters from 1.
    public var position: Int?
    /// Where in the statement that the server made itself.
    public var internalPosition: Int?
    /// The statement that the server made itself.
    public var internalQuery: String?
    /// The call stack of functions.
    public var context: String?
    /// The schema the error is about.
    public var schemaName: String?
    /// The table the error is about.
    public var tableName: String?
    /// The column the error is about.
    public var columnName: String?
    /// The type the error is about.
    public var dataTypeName: String?
    /// The constraint that was violated.
    public var constraintName: String?
    /// The server's source file.
    public var file: String?
    /// The line in the server's source file.
    public var line: Int?
    /// The routine in the server's source.
    public var routine: String?
    /// The severity in the server's language.
    public var localizedSeverity: String?

    /// Creates fields that are all empty.
    public init() {}

    /// Reads the body of an ErrorResponse or NoticeResponse; unknown fields are ignored, as the manual asks.
    public init(_ body: RawSpan) throws(WireFault) {
        var reader = ByteReader(body)
        while true {
            let code = try reader.integer(UInt8.self)
            if code == 0 { break }
            set(code, try reader.repairedZeroTerminatedString())
        }
        try reader.finish()
        if severity.isEmpty { severity = localizedSeverity ?? "" }
    }

    /// Whether the server ends the session with this message.
    public var isFatal: Bool { severity == "FATAL" || severity == "PANIC" }

    private mutating func set(_ code: UInt8, _ value: String) {
        switch UnicodeScalar(code) {
        case "S": localizedSeverity = value
        case "V": severity = value
        case "C": sqlState = value
        case "M": message = value
        case "D": detail = value
        case "H": hint = value
        case "P": position = Int(decimalDigits: value)
        case "p": internalPosition = Int(decimalDigits: value)
        case "q": internalQuery = value
        case "W": context = value
        case "s": schemaName = value
        case "t": tableName = value
        case "c": columnName = value
        case "d": dataTypeName = value
        case "n": constraintName = value
        case "F": file = value
        case "L": line = Int(decimalDigits: value)
        case "R": routine = value
        default: break
        }
    }
}
