import PostgresCodecs

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Writes the table of types in the documentation from what the Swift types themselves say.
enum TypeTable {
    typealias Codable = PostgresDecodable & PostgresEncodable

    static let path = "Sources/PostgresWire/PostgresWire.docc/Types.md"

    /// The Swift types for built-in types, those first that a program reads most.
    static let builtIn: [any Codable.Type] = [
        Bool.self, Int.self, Int64.self, Int32.self, Int16.self, Double.self, Float.self,
        PostgresNumeric.self,
        PostgresMoney.self, String.self, [UInt8].self, UUID.self, JSONValue.self, PostgresJSON<String>.self,
        PostgresJSONPath.self, PostgresXML.self, Date.self, PostgresTimestamp.self,
        PostgresLocalTimestamp.self,
        PostgresDate.self, PostgresTime.self, PostgresTimeWithZone.self, PostgresInterval.self, Duration.self,
        PostgresInet.self, PostgresCIDR.self, PostgresMACAddress.self, PostgresMACAddress8.self,
        PostgresBits.self, PostgresPoint.self, PostgresLine.self, PostgresLineSegment.self, PostgresBox.self,
        PostgresPath.self, PostgresPolygon.self, PostgresCircle.self, PostgresTSVector.self,
        PostgresTSQuery.self, PostgresOID.self, PostgresTransactionID.self, PostgresFullTransactionID.self,
        PostgresCommandID.self, PostgresTupleID.self, PostgresLSN.self, PostgresSnapshot.self,
        PostgresCharacter.self, PostgresRange<Int32>.self, PostgresRange<Int>.self,
        PostgresRange<PostgresNumeric>.self, PostgresRange<PostgresDate>.self,
        PostgresRange<PostgresLocalTimestamp>.self, PostgresRange<PostgresTimestamp>.self,
        PostgresMultirange<Int32>.self, PostgresMultirange<Int>.self,
        PostgresMultirange<PostgresNumeric>.self,
        PostgresMultirange<PostgresDate>.self, PostgresMultirange<PostgresLocalTimestamp>.self,
        PostgresMultirange<PostgresTimestamp>.self, [Int16].self, [PostgresOID].self,
    ]

    /// The Swift types for types of extensions.
    static let extensions: [any Codable.Type] = [
        PostgresVector.self, PostgresHalfVector.self, PostgresSparseVector.self, PostgresHStore.self,
        PostgresLTree.self, PostgresLQuery.self, PostgresLTxtQuery.self, PostgresCube.self,
    ]

    /// Types that a client gets only by naming them, and that have no values to read.
    private static let withoutValues: Set<PostgresOID> = [.void, .record, .unknown, .cstring]

    static var text: String {
        head + rows.joined(separator: "\n") + "\n" + middle + extensionRows.joined(separator: "\n") + "\n"
            + tail
    }

    private static var rows: [String] {
        (1...6_000).map(PostgresOID.init(rawValue:)).filter {
            $0.typeName != nil && !isArray($0) && !withoutValues.contains($0)
        }.map { type in
            let readers = builtIn.filter { $0.accepts(type, .binary) }
            let senders = builtIn.filter { $0.postgresType == type }
            let readsText = readers.contains {
                $0.accepts(type, .text) && ($0 != String.self || readers.count == 1)
            }
            let forms = readers.isEmpty ? "text" : readsText || readers.isEmpty ? "binary, text" : "binary"
            return row(
                type.typeName ?? "", readers.isEmpty ? "`String` of `value::text`" : names(readers),
                names(senders),
                forms)
        }
    }

    /// `int2vector` and `oidvector` have elements and are types of their own.
    private static func isArray(_ type: PostgresOID) -> Bool {
        type.elementType.map { $0.arrayType == type } ?? false
    }

    private static var extensionRows: [String] {
        extensions.map { type in
            let any = PostgresOID(rawValue: 20_000)
            let forms = type.accepts(any, .text) ? "binary, text" : "binary"
            return row(type.postgresTypeName ?? "", names([type]), names([type]), forms)
        }
    }

    private static func names(_ types: [any Codable.Type]) -> String {
        types.map { type in
            let name = String(describing: type)
            if name.hasPrefix("Array<") { return "`[\(name.dropFirst(6).dropLast())]`" }
            return name.hasPrefix("PostgresJSON<") ? "`PostgresJSON<Value>`" : "`\(name)`"
        }.joined(separator: ", ")
    }

    private static func row(_ name: String, _ readers: String, _ senders: String, _ forms: String) -> String {
        "| `\(name)` | \(readers) | \(senders) | \(forms) | 0.1 |"
    }
}
