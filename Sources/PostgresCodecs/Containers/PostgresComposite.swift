public import PostgresProtocol

/// A Swift type that stands for a composite type of the database.
///
///     struct Address: PostgresComposite {
///         var street: String
///         var number: Int32?
///
///         init(cell: borrowing PostgresCell) throws(DecodingFault) {
///             (street, number) = try cell.fields(String.self, Int32?.self)
///         }
///
///         func encode(into writer: inout ByteWriter) throws(EncodingFault) {
///             try writer.append(fields: street, number)
///         }
///     }
///
/// The number of the type is not needed: a parameter gets it from its place in the statement, and a value brings the
/// types of its fields along.
public protocol PostgresComposite: PostgresEncodable, PostgresDecodable {}

extension PostgresComposite {
    /// Unspecified: the server takes the type from the place of the parameter.
    public static var postgresType: PostgresOID { .unspecified }

    /// Takes types of users and `record`, in binary form.
    public static func accepts(_ type: PostgresOID, _ format: PostgresFormat) -> Bool {
        format == .binary && (type.isUserDefined || type == .record)
    }
}
