import PostgresCodecs

/// The text of binary values: two bytes are the number of the type, of the server or of a user.
enum TextFormBody {
    private static let form = PostgresTextForm(userTypes: [
        PostgresOID(rawValue: 60_000): .text, PostgresOID(rawValue: 60_001): .domain(.numeric),
        PostgresOID(rawValue: 60_002): .array(of: .text), PostgresOID(rawValue: 60_003): .range(of: .int8),
        PostgresOID(rawValue: 60_004): .multirange(of: .int8),
        PostgresOID(rawValue: 60_005): .composite([.int4, .text, .int4Array]),
        PostgresOID(rawValue: 60_006): .labels, PostgresOID(rawValue: 60_007): .hstore,
        PostgresOID(rawValue: 60_008): .cube, PostgresOID(rawValue: 60_009): .vector,
        PostgresOID(rawValue: 60_010): .halfVector, PostgresOID(rawValue: 60_011): .sparseVector,
        // A catalog may say anything, even that a type lies in itself.
        PostgresOID(rawValue: 60_012): .array(of: PostgresOID(rawValue: 60_012)),
        PostgresOID(rawValue: 60_013): .composite([PostgresOID(rawValue: 60_013)]),
    ])

    static func complaint(_ bytes: [UInt8]) -> String? {
        var input = FuzzInput(bytes)
        let high = input.byte()
        let type = PostgresOID(rawValue: UInt32(high << 8 | input.byte()))
        let rest = input.rest
        let cell = PostgresCell(bytes: rest.span.bytes, type: type)
        _ = try? form.text(of: cell)
        return nil
    }
}
