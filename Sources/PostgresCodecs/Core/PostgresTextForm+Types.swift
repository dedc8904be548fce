internal import PostgresProtocol

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// The one table of types and their text forms.
extension PostgresTextForm {
    /// The rule for a built-in type; nil if it has none or a setting changes its text.
    func builtInRule(for type: PostgresOID) -> Rule? {
        switch type {
        case .text, .varchar, .bpchar, .name, .unknown, .cstring, .refCursor, .json, .xml: return .text
        case .jsonb: return .textAfterVersion
        case .bool: return .written { cell throws(DecodingFault) in try Bool(cell: cell) ? "t" : "f" }
        case .int2: return .described(Int16.self)
        case .int4: return .described(Int32.self)
        case .int8: return .described(Int64.self)
        case .oid: return .written { cell throws(DecodingFault) in String(try cell.integer(UInt32.self)) }
        case .numeric: return .described(PostgresNumeric.self)
        case .float4, .float8: return settings.hasShortestFloats ? Self.floatRule(type) : nil
        case .bytea: return settings.hasHexadecimalBytes ? .written(Self.hexadecimal) : nil
        case .uuid:
            return .written { cell throws(DecodingFault) in try UUID(cell: cell).uuidString.lowercased() }
        case .date: return settings.isISO ? .described(PostgresDate.self) : nil
        case .timestamp: return settings.isISO ? .written(Self.localTimestamp) : nil
        case .timestamptz:
            return settings.isISO && settings.isUTC ? .described(PostgresTimestamp.self) : nil
        case .int2Vector, .oidVector: return .vector
        default: return type.elementType.map { .array($0) }
        }
    }

    /// The rule for a type of an extension or a user; a domain has that of its base type.
    static func rule(for type: UserType) -> Rule? {
        switch type {
        case .text: .text
        case .domain: nil
        case .array(let element): .array(element)
        case .vector:
            .written { cell throws(DecodingFault) in list(try PostgresVector(cell: cell).elements) }
        case .halfVector:
            .written { cell throws(DecodingFault) in list(try PostgresHalfVector(cell: cell).elements) }
        case .sparseVector:
            .written { cell throws(DecodingFault) in
                let vector = try PostgresSparseVector(cell: cell)
                let elements = zip(vector.indices, vector.values)
                let parts = elements.map { "\(Int($0) + 1):\(PostgresFloatText.text($1))" }
                return "{" + parts.joined(separator: ",") + "}/\(vector.dimensions)"
            }
        }
    }

    private static func floatRule(_ type: PostgresOID) -> Rule {
        type == .float8
            ? .written { cell throws(DecodingFault) in
                PostgresFloatText.text(Double(bitPattern: try cell.integer(UInt64.self)))
            }
            : .written { cell throws(DecodingFault) in
                PostgresFloatText.text(Float(bitPattern: try cell.integer(UInt32.self)))
            }
    }

    private static func list(_ elements: [Float]) -> String {
        "[" + elements.map { PostgresFloatText.text($0) }.joined(separator: ",") + "]"
    }

    private static func hexadecimal(_ cell: borrowing PostgresCell) throws(DecodingFault) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text = Array("\\x".utf8)
        text.reserveCapacity(2 + cell.bytes.byteCount * 2)
        cell.bytes.withUnsafeBytes { bytes in
            for byte in bytes {
                text.append(digits[Int(byte &>> 4)])
                text.append(digits[Int(byte & 0xF)])
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static func localTimestamp(_ cell: borrowing PostgresCell) throws(DecodingFault) -> String {
        let timestamp = PostgresTimestamp(microseconds: try cell.integer(Int64.self))
        guard timestamp.isFinite else { return timestamp.description }
        let (date, time) = timestamp.civil
        return date.text + " " + PostgresTimestamp.text(timeOfDay: time) + (date.isBeforeChrist ? " BC" : "")
    }
}
