// Generated from pg_type of PostgreSQL 18; do not edit.

extension PostgresOID {
    /// The type `bool`.
    @inlinable public static var bool: PostgresOID { PostgresOID(rawValue: 16) }
    /// The type `bool[]`.
    @inlinable public static var boolArray: PostgresOID { PostgresOID(rawValue: 1000) }
    /// The type `bytea`.
    @inlinable public static var bytea: PostgresOID { PostgresOID(rawValue: 17) }
    /// The type `bytea[]`.
    @inlinable public static var byteaArray: PostgresOID { PostgresOID(rawValue: 1001) }
    /// The type `char`.
    @inlinable public static var char: PostgresOID { PostgresOID(rawValue: 18) }
    /// The type `char[]`.
    @inlinable public static var charArray: PostgresOID { PostgresOID(rawValue: 1002) }
    /// The type `name`.
    @inlinable public static var name: PostgresOID { PostgresOID(rawValue: 19) }
    /// The type `name[]`.
    @inlinable public static var nameArray: PostgresOID { PostgresOID(rawValue: 1003) }
    /// The type `int8`.
    @inlinable public static var int8: PostgresOID { PostgresOID(rawValue: 20) }
    /// The type `int8[]`.
    @inlinable public static var int8Array: PostgresOID { PostgresOID(rawValue: 1016) }
    /// The type `int2`.
    @inlinable public static var int2: PostgresOID { PostgresOID(rawValue: 21) }
    /// The type `int2[]`.
    @inlinable public static var int2Array: PostgresOID { PostgresOID(rawValue: 1005) }
    /// The type `int2vector`.
    @inlinable public static var int2Vector: PostgresOID { PostgresOID(rawValue: 22) }
    /// The type `int2vector[]`.
    @inlinable public static var int2VectorArray: PostgresOID { PostgresOID(rawValue: 1006) }
    /// The type `int4`.
    @inlinable public static var int4: PostgresOID { PostgresOID(rawValue: 23) }
    /// The type `int4[]`.
    @inlinable public static var int4Array: PostgresOID { PostgresOID(rawValue: 1007) }
    /// The type `regproc`.
    @inlinable public static var regProc: PostgresOID { PostgresOID(rawValue: 24) }
    /// The type `regproc[]`.
    @inlinable public static var regProcArray: PostgresOID { PostgresOID(rawValue: 1008) }
    /// The type `text`.
    @inlinable public static var text: PostgresOID { PostgresOID(rawValue: 25) }
    /// The type `text[]`.
    @inlinable public static var textArray: PostgresOID { PostgresOID(rawValue: 1009) }
    /// The type `oid`.
    @inlinable public static var oid: PostgresOID { PostgresOID(rawValue: 26) }
    /// The type `oid[]`.
    @inlinable public static var oidArray: PostgresOID { PostgresOID(rawValue: 1028) }
    /// The type `tid`.
    @inlinable public static var tid: PostgresOID { PostgresOID(rawValue: 27) }
    /// The type `tid[]`.
    @inlinable public static var tidArray: PostgresOID { PostgresOID(rawValue: 1010) }
    /// The type `xid`.
    @inlinable public static var xid: PostgresOID { PostgresOID(rawValue: 28) }
    /// The type `xid[]`.
    @inlinable public static var xidArray: PostgresOID { PostgresOID(rawValue: 1011) }
    /// The type `cid`.
    @inlinable public static var cid: PostgresOID { PostgresOID(rawValue: 29) }
    /// The type `cid[]`.
    @inlinable public static var cidArray: PostgresOID { PostgresOID(rawValue: 1012) }
    /// The type `oidvector`.
    @inlinable public static var oidVector: PostgresOID { PostgresOID(rawValue: 30) }
    /// The type `oidvector[]`.
    @inlinable public static var oidVectorArray: PostgresOID { PostgresOID(rawValue: 1013) }
    /// The type `json`.
    @inlinable public static var json: PostgresOID { PostgresOID(rawValue: 114) }
    /// The type `json[]`.
    @inlinable public static var jsonArray: PostgresOID { PostgresOID(rawValue: 199) }
    /// The type `xml`.
    @inlinable public static var xml: PostgresOID { PostgresOID(rawValue: 142) }
    /// The type `xml[]`.
    @inlinable public static var xmlArray: PostgresOID { PostgresOID(rawValue: 143) }
    /// The type `point`.
    @inlinable public static var point: PostgresOID { PostgresOID(rawValue: 600) }
    /// The type `point[]`.
    @inlinable public static var pointArray: PostgresOID { PostgresOID(rawValue: 1017) }
    /// The type `lseg`.
    @inlinable public static var lseg: PostgresOID { PostgresOID(rawValue: 601) }
    /// The type `lseg[]`.
    @inlinable public static var lsegArray: PostgresOID { PostgresOID(rawValue: 1018) }
    /// The type `path`.
    @inlinable public static var path: PostgresOID { PostgresOID(rawValue: 602) }
    /// The type `path[]`.
    @inlinable public static var pathArray: PostgresOID { PostgresOID(rawValue: 1019) }
    /// The type `box`.
    @inlinable public static var box: PostgresOID { PostgresOID(rawValue: 603) }
    /// The type `box[]`.
    @inlinable public static var boxArray: PostgresOID { PostgresOID(rawValue: 1020) }
    /// The type `polygon`.
    @inlinable public static var polygon: PostgresOID { PostgresOID(rawValue: 604) }
    /// The type `polygon[]`.
    @inlinable public static var polygonArray: PostgresOID { PostgresOID(rawValue: 1027) }
    /// The type `line`.
    @inlinable public static var line: PostgresOID { PostgresOID(rawValue: 628) }
    /// The type `line[]`.
    @inlinable public static var lineArray: PostgresOID { PostgresOID(rawValue: 629) }
    /// The type `cidr`.
    @inlinable public static var cidr: PostgresOID { PostgresOID(rawValue: 650) }
    /// The type `cidr[]`.
    @inlinable public static var cidrArray: PostgresOID { PostgresOID(rawValue: 651) }
    /// The type `float4`.
    @inlinable public static var float4: PostgresOID { PostgresOID(rawValue: 700) }
    /// The type `float4[]`.
    @inlinable public static var float4Array: PostgresOID { PostgresOID(rawValue: 1021) }
    /// The type `float8`.
    @inlinable public static var float8: PostgresOID { PostgresOID(rawValue: 701) }
    /// The type `float8[]`.
    @inlinable public static var float8Array: PostgresOID { PostgresOID(rawValue: 1022) }
    /// The type `unknown`.
    @inlinable public static var unknown: PostgresOID { PostgresOID(rawValue: 705) }
    /// The type `circle`.
    @inlinable public static var circle: PostgresOID { PostgresOID(rawValue: 718) }
    /// The type `circle[]`.
    @inlinable public static var circleArray: PostgresOID { PostgresOID(rawValue: 719) }
    /// The type `macaddr8`.
    @inlinable public static var macaddr8: PostgresOID { PostgresOID(rawValue: 774) }
    /// The type `macaddr8[]`.
    @inlinable public static var macaddr8Array: PostgresOID { PostgresOID(rawValue: 775) }
    /// The type `money`.
    @inlinable public static var money: PostgresOID { PostgresOID(rawValue: 790) }
    /// The type `money[]`.
    @inlinable public static var moneyArray: PostgresOID { PostgresOID(rawValue: 791) }
    /// The type `macaddr`.
    @inlinable public static var macaddr: PostgresOID { PostgresOID(rawValue: 829) }
    /// The type `macaddr[]`.
    @inlinable public static var macaddrArray: PostgresOID { PostgresOID(rawValue: 1040) }
    /// The type `inet`.
    @inlinable public static var inet: PostgresOID { PostgresOID(rawValue: 869) }
    /// The type `inet[]`.
    @inlinable public static var inetArray: PostgresOID { PostgresOID(rawValue: 1041) }
    /// The type `aclitem`.
    @inlinable public static var aclItem: PostgresOID { PostgresOID(rawValue: 1033) }
    /// The type `aclitem[]`.
    @inlinable public static var aclItemArray: PostgresOID { PostgresOID(rawValue: 1034) }
    /// The type `bpchar`.
    @inlinable public static var bpchar: PostgresOID { PostgresOID(rawValue: 1042) }
    /// The type `bpchar[]`.
    @inlinable public static var bpcharArray: PostgresOID { PostgresOID(rawValue: 1014) }
    /// The type `varchar`.
    @inlinable public static var varchar: PostgresOID { PostgresOID(rawValue: 1043) }
    /// The type `varchar[]`.
    @inlinable public static var varcharArray: PostgresOID { PostgresOID(rawValue: 1015) }
    /// The type `date`.
    @inlinable public static var date: PostgresOID { PostgresOID(rawValue: 1082) }
    /// The type `date[]`.
    @inlinable public static var dateArray: PostgresOID { PostgresOID(rawValue: 1182) }
    /// The type `time`.
    @inlinable public static var time: PostgresOID { PostgresOID(rawValue: 1083) }
    /// The type `time[]`.
    @inlinable public static var timeArray: PostgresOID { PostgresOID(rawValue: 1183) }
    /// The type `timestamp`.
    @inlinable public static var timestamp: PostgresOID { PostgresOID(rawValue: 1114) }
    /// The type `timestamp[]`.
    @inlinable public static var timestampArray: PostgresOID { PostgresOID(rawValue: 1115) }
    /// The type `timestamptz`.
    @inlinable public static var timestamptz: PostgresOID { PostgresOID(rawValue: 1184) }
    /// The type `timestamptz[]`.
    @inlinable public static var timestamptzArray: PostgresOID { PostgresOID(rawValue: 1185) }
    /// The type `interval`.
    @inlinable public static var interval: PostgresOID { PostgresOID(rawValue: 1186) }
    /// The type `interval[]`.
    @inlinable public static var intervalArray: PostgresOID { PostgresOID(rawValue: 1187) }
    /// The type `timetz`.
    @inlinable public static var timetz: PostgresOID { PostgresOID(rawValue: 1266) }
    /// The type `timetz[]`.
    @inlinable public static var timetzArray: PostgresOID { PostgresOID(rawValue: 1270) }
    /// The type `bit`.
    @inlinable public static var bit: PostgresOID { PostgresOID(rawValue: 1560) }
    /// The type `bit[]`.
    @inlinable public static var bitArray: PostgresOID { PostgresOID(rawValue: 1561) }
    /// The type `varbit`.
    @inlinable public static var varbit: PostgresOID { PostgresOID(rawValue: 1562) }
    /// The type `varbit[]`.
    @inlinable public static var varbitArray: PostgresOID { PostgresOID(rawValue: 1563) }
    /// The type `numeric`.
    @inlinable public static var numeric: PostgresOID { PostgresOID(rawValue: 1700) }
    /// The type `numeric[]`.
    @inlinable public static var numericArray: PostgresOID { PostgresOID(rawValue: 1231) }
    /// The type `refcursor`.
    @inlinable public static var refCursor: PostgresOID { PostgresOID(rawValue: 1790) }
    /// The type `refcursor[]`.
    @inlinable public static var refCursorArray: PostgresOID { PostgresOID(rawValue: 2201) }
    /// The type `regprocedure`.
    @inlinable public static var regProcedure: PostgresOID { PostgresOID(rawValue: 2202) }
    /// The type `regprocedure[]`.
    @inlinable public static var regProcedureArray: PostgresOID { PostgresOID(rawValue: 2207) }
    /// The type `regoper`.
    @inlinable public static var regOper: PostgresOID { PostgresOID(rawValue: 2203) }
    /// The type `regoper[]`.
    @inlinable public static var regOperArray: PostgresOID { PostgresOID(rawValue: 2208) }
    /// The type `regoperator`.
    @inlinable public static var regOperator: PostgresOID { PostgresOID(rawValue: 2204) }
    /// The type `regoperator[]`.
    @inlinable public static var regOperatorArray: PostgresOID { PostgresOID(rawValue: 2209) }
    /// The type `regclass`.
    @inlinable public static var regClass: PostgresOID { PostgresOID(rawValue: 2205) }
    /// The type `regclass[]`.
    @inlinable public static var regClassArray: PostgresOID { PostgresOID(rawValue: 2210) }
    /// The type `regtype`.
    @inlinable public static var regType: PostgresOID { PostgresOID(rawValue: 2206) }
    /// The type `regtype[]`.
    @inlinable public static var regTypeArray: PostgresOID { PostgresOID(rawValue: 2211) }
    /// The type `record`.
    @inlinable public static var record: PostgresOID { PostgresOID(rawValue: 2249) }
    /// The type `record[]`.
    @inlinable public static var recordArray: PostgresOID { PostgresOID(rawValue: 2287) }
    /// The type `cstring`.
    @inlinable public static var cstring: PostgresOID { PostgresOID(rawValue: 2275) }
    /// The type `cstring[]`.
    @inlinable public static var cstringArray: PostgresOID { PostgresOID(rawValue: 1263) }
    /// The type `void`.
    @inlinable public static var void: PostgresOID { PostgresOID(rawValue: 2278) }
    /// The type `uuid`.
    @inlinable public static var uuid: PostgresOID { PostgresOID(rawValue: 2950) }
    /// The type `uuid[]`.
    @inlinable public static var uuidArray: PostgresOID { PostgresOID(rawValue: 2951) }
    /// The type `txid_snapshot`.
    @inlinable public static var txidSnapshot: PostgresOID { PostgresOID(rawValue: 2970) }
    /// The type `txid_snapshot[]`.
    @inlinable public static var txidSnapshotArray: PostgresOID { PostgresOID(rawValue: 2949) }
    /// The type `pg_lsn`.
    @inlinable public static var pgLSN: PostgresOID { PostgresOID(rawValue: 3220) }
    /// The type `pg_lsn[]`.
    @inlinable public static var pgLSNArray: PostgresOID { PostgresOID(rawValue: 3221) }
    /// The type `tsvector`.
    @inlinable public static var tsVector: PostgresOID { PostgresOID(rawValue: 3614) }
    /// The type `tsvector[]`.
    @inlinable public static var tsVectorArray: PostgresOID { PostgresOID(rawValue: 3643) }
    /// The type `tsquery`.
    @inlinable public static var tsQuery: PostgresOID { PostgresOID(rawValue: 3615) }
    /// The type `tsquery[]`.
    @inlinable public static var tsQueryArray: PostgresOID { PostgresOID(rawValue: 3645) }
    /// The type `gtsvector`.
    @inlinable public static var gtsvector: PostgresOID { PostgresOID(rawValue: 3642) }
    /// The type `gtsvector[]`.
    @inlinable public static var gtsvectorArray: PostgresOID { PostgresOID(rawValue: 3644) }
    /// The type `regconfig`.
    @inlinable public static var regConfig: PostgresOID { PostgresOID(rawValue: 3734) }
    /// The type `regconfig[]`.
    @inlinable public static var regConfigArray: PostgresOID { PostgresOID(rawValue: 3735) }
    /// The type `regdictionary`.
    @inlinable public static var regDictionary: PostgresOID { PostgresOID(rawValue: 3769) }
    /// The type `regdictionary[]`.
    @inlinable public static var regDictionaryArray: PostgresOID { PostgresOID(rawValue: 3770) }
    /// The type `jsonb`.
    @inlinable public static var jsonb: PostgresOID { PostgresOID(rawValue: 3802) }
    /// The type `jsonb[]`.
    @inlinable public static var jsonbArray: PostgresOID { PostgresOID(rawValue: 3807) }
    /// The type `int4range`.
    @inlinable public static var int4Range: PostgresOID { PostgresOID(rawValue: 3904) }
    /// The type `int4range[]`.
    @inlinable public static var int4RangeArray: PostgresOID { PostgresOID(rawValue: 3905) }
    /// The type `numrange`.
    @inlinable public static var numRange: PostgresOID { PostgresOID(rawValue: 3906) }
    /// The type `numrange[]`.
    @inlinable public static var numRangeArray: PostgresOID { PostgresOID(rawValue: 3907) }
    /// The type `tsrange`.
    @inlinable public static var tsRange: PostgresOID { PostgresOID(rawValue: 3908) }
    /// The type `tsrange[]`.
    @inlinable public static var tsRangeArray: PostgresOID { PostgresOID(rawValue: 3909) }
    /// The type `tstzrange`.
    @inlinable public static var tstzRange: PostgresOID { PostgresOID(rawValue: 3910) }
    /// The type `tstzrange[]`.
    @inlinable public static var tstzRangeArray: PostgresOID { PostgresOID(rawValue: 3911) }
    /// The type `daterange`.
    @inlinable public static var dateRange: PostgresOID { PostgresOID(rawValue: 3912) }
    /// The type `daterange[]`.
    @inlinable public static var dateRangeArray: PostgresOID { PostgresOID(rawValue: 3913) }
    /// The type `int8range`.
    @inlinable public static var int8Range: PostgresOID { PostgresOID(rawValue: 3926) }
    /// The type `int8range[]`.
    @inlinable public static var int8RangeArray: PostgresOID { PostgresOID(rawValue: 3927) }
    /// The type `jsonpath`.
    @inlinable public static var jsonPath: PostgresOID { PostgresOID(rawValue: 4072) }
    /// The type `jsonpath[]`.
    @inlinable public static var jsonPathArray: PostgresOID { PostgresOID(rawValue: 4073) }
    /// The type `regnamespace`.
    @inlinable public static var regNamespace: PostgresOID { PostgresOID(rawValue: 4089) }
    /// The type `regnamespace[]`.
    @inlinable public static var regNamespaceArray: PostgresOID { PostgresOID(rawValue: 4090) }
    /// The type `regrole`.
    @inlinable public static var regRole: PostgresOID { PostgresOID(rawValue: 4096) }
    /// The type `regrole[]`.
    @inlinable public static var regRoleArray: PostgresOID { PostgresOID(rawValue: 4097) }
    /// The type `regcollation`.
    @inlinable public static var regCollation: PostgresOID { PostgresOID(rawValue: 4191) }
    /// The type `regcollation[]`.
    @inlinable public static var regCollationArray: PostgresOID { PostgresOID(rawValue: 4192) }
    /// The type `int4multirange`.
    @inlinable public static var int4Multirange: PostgresOID { PostgresOID(rawValue: 4451) }
    /// The type `int4multirange[]`.
    @inlinable public static var int4MultirangeArray: PostgresOID { PostgresOID(rawValue: 6150) }
    /// The type `nummultirange`.
    @inlinable public static var numMultirange: PostgresOID { PostgresOID(rawValue: 4532) }
    /// The type `nummultirange[]`.
    @inlinable public static var numMultirangeArray: PostgresOID { PostgresOID(rawValue: 6151) }
    /// The type `tsmultirange`.
    @inlinable public static var tsMultirange: PostgresOID { PostgresOID(rawValue: 4533) }
    /// The type `tsmultirange[]`.
    @inlinable public static var tsMultirangeArray: PostgresOID { PostgresOID(rawValue: 6152) }
    /// The type `tstzmultirange`.
    @inlinable public static var tstzMultirange: PostgresOID { PostgresOID(rawValue: 4534) }
    /// The type `tstzmultirange[]`.
    @inlinable public static var tstzMultirangeArray: PostgresOID { PostgresOID(rawValue: 6153) }
    /// The type `datemultirange`.
    @inlinable public static var dateMultirange: PostgresOID { PostgresOID(rawValue: 4535) }
    /// The type `datemultirange[]`.
    @inlinable public static var dateMultirangeArray: PostgresOID { PostgresOID(rawValue: 6155) }
    /// The type `int8multirange`.
    @inlinable public static var int8Multirange: PostgresOID { PostgresOID(rawValue: 4536) }
    /// The type `int8multirange[]`.
    @inlinable public static var int8MultirangeArray: PostgresOID { PostgresOID(rawValue: 6157) }
    /// The type `pg_snapshot`.
    @inlinable public static var pgSnapshot: PostgresOID { PostgresOID(rawValue: 5038) }
    /// The type `pg_snapshot[]`.
    @inlinable public static var pgSnapshotArray: PostgresOID { PostgresOID(rawValue: 5039) }
    /// The type `xid8`.
    @inlinable public static var xid8: PostgresOID { PostgresOID(rawValue: 5069) }
    /// The type `xid8[]`.
    @inlinable public static var xid8Array: PostgresOID { PostgresOID(rawValue: 271) }
}
