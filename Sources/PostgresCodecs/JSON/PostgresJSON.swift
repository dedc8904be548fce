internal import JSONModel
public import PostgresProtocol

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// A `Codable` value that is stored as `jsonb`.
///
/// It passes through Foundation's coders, which costs several times what `JSONValue` costs.
public struct PostgresJSON<Value: Sendable>: Sendable {
    /// The value itself.
    public var value: Value

    /// Wraps a value to send it as `jsonb`.
    public init(_ value: Value) { self.value = value }
}

extension PostgresJSON: Equatable where Value: Equatable {}
extension PostgresJSON: Hashable where Value: Hashable {}

extension PostgresJSON: PostgresEncodableElement where Value: Encodable {}
extension PostgresJSON: PostgresEncodable where Value: Encodable {
    /// `jsonb`.
    public static var postgresType: PostgresOID { .jsonb }

    /// Appends the value as `JSONEncoder` writes it.
    ///
    /// - Throws: `custom` if the encoder refuses the value, `zeroCharacter` for U+0000 in it.
    public func encode(into writer: inout ByteWriter) throws(EncodingFault) {
        let json: JSONValue
        do {
            json = try JSONValue(encoding: value)
        } catch {
            throw .custom("JSONEncoder refused the value")
        }
        try json.encode(into: &writer)
    }
}

extension PostgresJSON: PostgresDecodableElement where Value: Decodable {}
extension PostgresJSON: PostgresDecodable where Value: Decodable {
    /// Takes `jsonb` and `json`.
    public static func accepts(_ type: PostgresOID, _ format: PostgresFormat) -> Bool {
        JSONValue.accepts(type, format)
    }

    /// Reads the value by `JSONDecoder`.
    ///
    /// - Throws: `custom` if the decoder refuses the text.
    public init(cell: borrowing PostgresCell) throws(DecodingFault) {
        let text = try cell.jsonText()
        do {
            value = try JSONDecoder().decode(Value.self, from: text.withUnsafeBytes { Data($0) })
        } catch {
            throw .custom("JSONDecoder refused the value")
        }
    }
}
