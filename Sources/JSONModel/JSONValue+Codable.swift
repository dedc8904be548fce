#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

extension JSONValue: Codable {
    /// Reads a value out of any decoder of self-describing data, as Foundation's `JSONDecoder`.
    ///
    /// Numbers come through the decoder and are exact up to 38 digits; their spelling (`1.0` or `1`) and the order of
    /// members are lost. `init(parsing:limits:)` keeps everything and is several times faster.
    public init(from decoder: any Decoder) throws {
        if let container = try? decoder.container(keyedBy: JSONCodingKey.self) {
            var object = JSONObject()
            for key in container.allKeys {
                object[key.stringValue] = try container.decode(JSONValue.self, forKey: key)
            }
            self = .object(object)
        } else if var container = try? decoder.unkeyedContainer() {
            var values: [JSONValue] = []
            while !container.isAtEnd { values.append(try container.decode(JSONValue.self)) }
            self = .array(values)
        } else {
            let container = try decoder.singleValueContainer()
            if container.decodeNil() {
                self = .null
            } else if let value = try? container.decode(Bool.self) {
                self = .bool(value)
            } else if let text = try? container.decode(String.self) {
                self = .string(text)
            } else {
                self = .number(try container.decode(JSONNumber.self))
            }
        }
    }

    /// Writes the value into any encoder.
    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .null:
            var container = encoder.singleValueContainer()
            try container.encodeNil()
        case .bool(let value):
            var container = encoder.singleValueContainer()
            try container.encode(value)
        case .number(let number): try number.encode(to: encoder)
        case .string(let text):
            var container = encoder.singleValueContainer()
            try container.encode(text)
        case .array(let values):
            var container = encoder.unkeyedContainer()
            for value in values { try container.encode(value) }
        case .object(let object):
            var container = encoder.container(keyedBy: JSONCodingKey.self)
            for (key, value) in object { try container.encode(value, forKey: JSONCodingKey(key)) }
        }
    }
}

extension JSONObject: Codable {
    /// Reads an object; see `JSONValue`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: JSONCodingKey.self)
        self.init()
        for key in container.allKeys {
            self[key.stringValue] = try container.decode(JSONValue.self, forKey: key)
        }
    }

    /// Writes the object into any encoder.
    public func encode(to encoder: any Encoder) throws { try JSONValue.object(self).encode(to: encoder) }
}

extension JSONNumber: Codable {
    /// Reads a number, exact up to 38 digits.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let value = try? container.decode(Int64.self) {
            self.init(value)
            return
        }
        let double = try? container.decode(Double.self)
        let number = double.flatMap { JSONNumber($0) }
        // A short decimal is a Double's own text; a longer one comes through as a Decimal.
        if let decimal = try? container.decode(Decimal.self),
            let exact = JSONNumber(literal: decimal.description), exact != number
        {
            self = exact
        } else if let number {
            self = number
        } else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a JSON number")
        }
    }

    /// Writes the number, exact up to 38 digits.
    ///
    /// - Throws: `EncodingError` for a number that neither `Decimal` nor `Double` can hold.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        if let value = int64Value {
            try container.encode(value)
        } else if let double = doubleValue, JSONNumber(double) == self {
            try container.encode(double)
        } else if let decimal = Decimal(string: literal), JSONNumber(literal: decimal.description) == self {
            try container.encode(decimal)
        } else if let double = doubleValue {
            try container.encode(double)
        } else {
            let context = EncodingError.Context(
                codingPath: encoder.codingPath, debugDescription: "the number is out of range")
            throw EncodingError.invalidValue(self, context)
        }
    }
}
