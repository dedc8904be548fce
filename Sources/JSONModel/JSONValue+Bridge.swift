#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

extension JSONValue {
    /// Turns any `Encodable` value into JSON through Foundation's encoder.
    ///
    /// - Throws: what the encoder throws, `EncodingError` most of all.
    public init(encoding value: some Encodable, with encoder: JSONEncoder = JSONEncoder()) throws {
        if let value = value as? JSONValue {
            self = value
            return
        }
        // Foundation wrote the text, so it may be as deep as this package's readers go at all.
        let limits = JSONLimits(depth: JSONLimits.maximumDepth, bytes: .max)
        let data = try encoder.encode(value)
        self = try data.withUnsafeBytes { buffer in
            buffer.withMemoryRebound(to: UInt8.self) { JSONReader.read($0, limits) }
        }.get()
    }

    /// Turns this value into a `Decodable` one through Foundation's decoder.
    ///
    /// - Throws: what the decoder throws, `DecodingError` most of all.
    public func decode<Value: Decodable>(
        _ type: Value.Type = Value.self, with decoder: JSONDecoder = JSONDecoder()
    ) throws -> Value {
        if let value = self as? Value { return value }
        return try decoder.decode(type, from: withJSONBytes { Data($0) })
    }
}
