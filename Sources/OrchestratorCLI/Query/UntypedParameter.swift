#if CLI
import PostgresWire

/// A value as somebody typed it: the server decides what type it is of.
struct UntypedParameter: PostgresEncodable, Sendable {
    var text: String

    static var postgresType: PostgresOID { .unspecified }
    static var postgresFormat: PostgresFormat { .text }

    func encode(into writer: inout ByteWriter) throws(EncodingFault) {
        guard !text.utf8.contains(0) else { throw .zeroCharacter }
        writer.append(utf8: text)
    }
}
#endif
