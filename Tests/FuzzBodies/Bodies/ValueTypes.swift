import FoundationEssentials
import JSONModel
import PostgresCodecs

/// The Swift types for values of PostgreSQL.
enum ValueTypes {
    typealias Codec = PostgresDecodable & PostgresEncodable

    static let all: [any Codec.Type] = scalars + structured + extensions + arrays

    private static let scalars: [any Codec.Type] = [
        Bool.self, Int.self, Int32.self, Int16.self, Double.self, Float.self, PostgresNumeric.self,
        PostgresMoney.self, String.self, [UInt8].self, UUID.self, JSONValue.self, PostgresJSONPath.self,
        PostgresXML.self, Date.self, PostgresTimestamp.self, PostgresLocalTimestamp.self, PostgresDate.self,
        PostgresTime.self, PostgresTimeWithZone.self, PostgresInterval.self, Duration.self, PostgresInet.self,
        PostgresCIDR.self, PostgresMACAddress.self, PostgresMACAddress8.self, PostgresBits.self,
        PostgresOID.self, PostgresTransactionID.self, PostgresFullTransactionID.self, PostgresCommandID.self,
        PostgresTupleID.self, PostgresLSN.self, PostgresSnapshot.self, PostgresCharacter.self,
        PostgresJSON<[String: Int?]>.self,
    ]

    private static let structured: [any Codec.Type] = [
        PostgresPoint.self, PostgresLine.self, PostgresLineSegment.self, PostgresBox.self, PostgresPath.self,
        PostgresPolygon.self, PostgresCircle.self, PostgresTSVector.self, PostgresTSQuery.self,
        PostgresRange<Int32>.self, PostgresRange<Int>.self, PostgresRange<PostgresNumeric>.self,
        PostgresRange<PostgresDate>.self, PostgresRange<PostgresTimestamp>.self,
        PostgresMultirange<Int32>.self, PostgresMultirange<PostgresNumeric>.self,
        PostgresMultirange<PostgresLocalTimestamp>.self,
    ]

    private static let extensions: [any Codec.Type] = [
        PostgresVector.self, PostgresHalfVector.self, PostgresSparseVector.self, PostgresHStore.self,
        PostgresLTree.self, PostgresLQuery.self, PostgresLTxtQuery.self, PostgresCube.self,
    ]

    private static let arrays: [any Codec.Type] = [
        [Bool].self, [Int16].self, [Int32].self, [Int].self, [Double].self, [String?].self,
        [PostgresNumeric].self, [Date].self, [UUID?].self, [JSONValue].self, [PostgresInterval].self,
        [PostgresOID].self, PostgresArray<Int?>.self, PostgresArray<String?>.self,
    ]
}
