package import PostgresCodecs

/// What is known of the types of a result in the session that made it: their names, and how their text is written.
package struct ResultTypes: Sendable {
    /// Writes the text of binary values as this session's server would.
    package let form: PostgresTextForm
    /// The names of the types that are not built in.
    private let names: [PostgresOID: String]

    /// The name of a type in `pg_type`.
    package func name(of type: PostgresOID) -> String {
        names[type] ?? type.typeName ?? String(type.rawValue)
    }

    private static let settingsQuery: PostgresQuery = """
        SELECT pg_catalog.current_setting('TimeZone'), pg_catalog.current_setting('DateStyle'),
            pg_catalog.current_setting('IntervalStyle'), pg_catalog.current_setting('extra_float_digits'),
            pg_catalog.current_setting('bytea_output'), pg_catalog.current_setting('lc_monetary')
        """

    /// Types that are not built in, and those below them: of elements, bounds and fields, and the bases of domains.
    private static func typesQuery(_ types: [PostgresOID]) -> PostgresQuery {
        """
        WITH RECURSIVE needed(oid) AS (
            SELECT pg_catalog.unnest(\(types))
            UNION
            SELECT below.oid FROM needed JOIN pg_catalog.pg_type AS t USING (oid)
            CROSS JOIN LATERAL (
                SELECT t.typbasetype UNION ALL SELECT t.typelem
                UNION ALL SELECT rngsubtype FROM pg_catalog.pg_range WHERE t.oid IN (rngtypid, rngmultitypid)
                UNION ALL SELECT atttypid FROM pg_catalog.pg_attribute
                WHERE attrelid = t.typrelid AND t.typrelid <> 0 AND attnum > 0 AND NOT attisdropped
            ) AS below(oid) WHERE below.oid <> 0
        )
        SELECT t.oid, t.typname::text, t.typtype::text, t.typbasetype, t.typelem, p.proname::text,
            (SELECT rngsubtype FROM pg_catalog.pg_range WHERE t.oid IN (rngtypid, rngmultitypid)),
            ARRAY(SELECT atttypid FROM pg_catalog.pg_attribute
                WHERE attrelid = t.typrelid AND t.typrelid <> 0 AND attnum > 0 AND NOT attisdropped
                ORDER BY attnum)
        FROM needed JOIN pg_catalog.pg_type AS t USING (oid)
        LEFT JOIN pg_catalog.pg_proc AS p ON p.oid = t.typsend
        """
    }

    /// A row of `pg_type` and of what belongs to it.
    private typealias TypeRow = (
        PostgresOID, String, String, PostgresOID, PostgresOID, String?, PostgresOID?, [PostgresOID]
    )

    /// What a type is; nil if its binary form is not known here.
    private static func userType(_ row: TypeRow) -> PostgresTextForm.UserType? {
        let (type, _, kind, base, element, send, bound, fields) = row
        switch kind {
        case "d": return .domain(base)
        case _ where !type.isUserDefined: return nil
        case "r": return bound.map { .range(of: $0) }
        case "m": return bound.map { .multirange(of: $0) }
        case "c": return .composite(fields)
        default:
            guard send == "array_send", element != .unspecified else {
                return send.flatMap { PostgresTextForm.UserType(sendFunction: $0) }
            }
            return .array(of: element)
        }
    }

    /// Asks the server, in one round trip.
    package static func load(
        for types: [PostgresOID], on connection: PostgresConnection
    ) async throws(PostgresError) -> ResultTypes {
        let unknown = Array(Set(types.filter { $0.typeName == nil })).sorted { $0.rawValue < $1.rawValue }
        let results = try await connection.batch(
            unknown.isEmpty ? [settingsQuery] : [settingsQuery, typesQuery(unknown)])
        var names: [PostgresOID: String] = [:]
        var userTypes: [PostgresOID: PostgresTextForm.UserType] = [:]
        for row in try results.dropFirst().first?.decode(
            (PostgresOID, String, String, PostgresOID, PostgresOID, String?, PostgresOID?, [PostgresOID]).self
        ) ?? [] {
            names[row.0] = row.1
            userTypes[row.0] = userType(row)
        }
        let settings = try results[0].decode((String, String, String, String, String, String).self)[0]
        return ResultTypes(
            form: PostgresTextForm(settings: PostgresTextForm.Settings(settings), userTypes: userTypes),
            names: names)
    }
}

extension PostgresTextForm.Settings {
    /// Reads time zone, date style, interval style, float digits, bytes' form and the locale of money.
    fileprivate init(_ values: (String, String, String, String, String, String)) {
        self.init()
        isUTC = ["utc", "etc/utc", "gmt", "etc/gmt", "zulu", "etc/zulu", "uct", "etc/uct"].contains(
            values.0.lowercased())
        isISO = values.1.hasPrefix("ISO")
        hasPostgresIntervals = values.2 == "postgres"
        hasShortestFloats = (Int(values.3) ?? 0) >= 1
        hasHexadecimalBytes = values.4 == "hex"
        hasDollars = values.5 == "C" || values.5 == "POSIX" || values.5.hasPrefix("en_US")
    }
}
