public import PostgresCodecs

extension PostgresError {
    /// The column of an error with the code `decoding`, and what it was to become.
    public struct Column: Hashable, Sendable {
        /// The column's name.
        public let name: String
        /// The column's place, from 0.
        public let index: Int
        /// The type that the server declared.
        public let type: PostgresOID
        /// The form in which the cells came.
        public let format: PostgresFormat
        /// The Swift type that was asked for.
        public let wantedType: String
    }
}

extension DecodingFault {
    /// What is wrong, in words that follow "cannot be read as …:".
    var explanation: String {
        switch self {
        case .unexpectedNull: "it is NULL. Ask for an optional"
        case .typeMismatch(_, .binary): "the types do not fit. Ask for another type or cast the column in SQL"
        case .typeMismatch(_, .text): "the type has no reader of this column's text form. Read it as String"
        case .malformed(let fault): "its bytes are malformed (\(fault))"
        case .outOfRange: "the value does not fit into the type"
        case .invalidJSON(let fault): "it is no JSON (\(fault))"
        case .nestedTooDeep(let limit): "it is nested deeper than \(limit)"
        case .custom(let reason): "\(reason)"
        }
    }
}
