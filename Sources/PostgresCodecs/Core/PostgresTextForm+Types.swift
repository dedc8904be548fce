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
        case .timestamp: return settings.isISO ? .described(PostgresLocalTimestamp.self) : nil
        case .timestamptz:
            return settings.isISO && settings.isUTC ? .described(PostgresTimestamp.self) : nil
        case .int2Vector, .oidVector: return .vector
        case .money: return settings.hasDollars ? .described(PostgresMoney.self) : nil
        case .interval: return settings.hasPostgresIntervals ? .described(PostgresInterval.self) : nil
        default: break
        }
        if let type = Self.describedTypes[type] { return .described(type) }
        if let bound = type.rangeBoundType { return type.isMultirange ? .multirange(bound) : .range(bound) }
        return type.elementType.map { .array($0) }
    }

    /// Types whose Swift type writes the server's text whatever the settings are.
    private static let describedTypes:
        [PostgresOID: any (PostgresDecodable & CustomStringConvertible & Sendable).Type] = [
            .char: PostgresCharacter.self, .xid: PostgresTransactionID.self, .cid: PostgresCommandID.self,
            .xid8: PostgresFullTransactionID.self, .tid: PostgresTupleID.self, .pgLSN: PostgresLSN.self,
            .pgSnapshot: PostgresSnapshot.self, .txidSnapshot: PostgresSnapshot.self,
            .jsonPath: PostgresJSONPath.self, .time: PostgresTime.self, .timetz: PostgresTimeWithZone.self,
            .inet: PostgresInet.self, .cidr: PostgresCIDR.self, .macaddr: PostgresMACAddress.self,
            .macaddr8: PostgresMACAddress8.self, .bit: PostgresBits.self, .varbit: PostgresBits.self,
            .point: PostgresPoint.self, .line: PostgresLine.self, .lseg: PostgresLineSegment.self,
            .box: PostgresBox.self, .path: PostgresPath.self, .polygon: PostgresPolygon.self,
            .circle: PostgresCircle.self, .tsVector: PostgresTSVector.self, .tsQuery: PostgresTSQuery.self,
        ]

    /// The rule for a type of an extension or a user; a domain has that of its base type.
    static func rule(for type: UserType) -> Rule? {
        switch type {
        case .text: .text
        case .domain: nil
        case .array(let element): .array(element)
        case .range(let bound): .range(bound)
        case .multirange(let bound): .multirange(bound)
        case .composite(let fields): .record(fields)
        case .labels: .described(PostgresLTree.self)
        case .hstore: .described(PostgresHStore.self)
        case .cube: .described(PostgresCube.self)
        case .vector: .described(PostgresVector.self)
        case .halfVector: .described(PostgresHalfVector.self)
        case .sparseVector: .described(PostgresSparseVector.self)
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
}
