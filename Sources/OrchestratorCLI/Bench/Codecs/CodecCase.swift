#if CLI
import PostgresWire

/// What is read or written over and over to learn what it costs.
struct CodecCase {
    /// What, as `vector(1536)`.
    let name: String
    /// `decode` or `encode`.
    let direction: String
    /// How many items are done in a turn; more for what is fast.
    let turns: Int
    /// What a prototype of the same took on a machine of 2026, in nanoseconds; nil where none was measured.
    let figure: Double?
    /// Does it so many times.
    let work: (Int) throws -> Void

    /// Reading and writing a value of a type.
    static func both<Value: PostgresEncodable & PostgresDecodable>(
        _ name: String, _ value: Value, _ type: PostgresOID, turns: Int = 20_000, decode: Double? = nil,
        encode: Double? = nil
    ) throws -> [CodecCase] {
        var writer = ByteWriter()
        try value.encode(into: &writer)
        let bytes = writer.bytes.withUnsafeBytes { Array($0) }
        return [
            CodecCase(name: name, direction: "decode", turns: turns, figure: decode) { count in
                for _ in 0..<count {
                    consume(try Value(cell: PostgresCell(bytes: bytes.span.bytes, type: type)))
                }
            },
            CodecCase(name: name, direction: "encode", turns: turns, figure: encode) { count in
                var writer = ByteWriter(capacity: bytes.count + 64)
                for _ in 0..<count {
                    writer.removeAll()
                    try value.encode(into: &writer)
                }
                consume(writer.count)
            },
        ]
    }
}

/// Takes a result, so that the work that led to it is not left out.
@inline(never)
func consume<Value>(_ value: Value) {}
#endif
