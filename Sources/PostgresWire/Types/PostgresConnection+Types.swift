public import PostgresCodecs
internal import PostgresProtocol

/// Types by name. What the catalog says is asked for once and kept by the pool, until a statement fails for a type that
/// has changed since.
extension PostgresConnection {
    /// Describes types of extensions and users, and all types that these are made of.
    ///
    /// Built-in types are left out, and types that do not exist. It costs one round trip for types that the pool has not
    /// seen, and none for others.
    ///
    /// - Throws: As `collect`.
    public func describeTypes(
        _ types: some Sequence<PostgresOID>
    ) async throws(PostgresError) -> [PostgresOID: PostgresTypeDescription] {
        let wanted = Set(types.filter(\.isUserDefined))
        let cache = session.types
        var found = cache.descriptions(of: wanted)
        var pending = Array(found.values.flatMap(\.parts).filter { found[$0] == nil })
        while !pending.isEmpty {
            let more = cache.descriptions(of: pending)
            found.merge(more) { _, new in new }
            pending = more.values.flatMap(\.parts).filter { found[$0] == nil }
        }
        let missing = wanted.filter { found[$0] == nil }
        guard !missing.isEmpty else { return found }
        let generation = cache.generation
        let described = try await describe(Array(missing))
        cache.remember(descriptions: described, generation: generation)
        return found.merging(described) { _, new in new }
    }

    /// The number of a type, whose name is written as in SQL: `mood`, `app.mood`, `"App"."Mood"`.
    ///
    /// A name without a schema is looked for along `search_path`. It costs one round trip for the first call with a name.
    ///
    /// - Returns: nil if there is no such type.
    /// - Throws: As `collect`.
    public func type(named name: String) async throws(PostgresError) -> PostgresOID? {
        let numbers = try await typeNumbers(named: [name])
        return numbers[name].map(PostgresOID.init(rawValue:))
    }

    /// Forgets what the pool knows of types; needed only where a type was changed and no statement has failed for it.
    public func forgetTypes() { session.types.forget() }

    private func typeNumbers(named names: [String]) async throws(PostgresError) -> [String: UInt32] {
        let cache = session.types
        var found: [String: UInt32] = [:]
        for name in names { found[name] = cache.number(of: name) }
        let missing = names.filter { found[$0] == nil }
        guard !missing.isEmpty else { return found }
        let generation = cache.generation
        let rows = try await collect(
            "SELECT n, pg_catalog.to_regtype(n)::oid FROM pg_catalog.unnest(\(missing)) u(n)",
            as: (String, PostgresOID?).self)
        var numbers: [String: UInt32] = [:]
        for (name, number) in rows { numbers[name] = number?.rawValue }
        cache.remember(numbers: numbers, generation: generation)
        return found.merging(numbers) { _, new in new }
    }

    /// Puts numbers in place of the names of types inside of the parameters of a call.
    func resolved(_ request: Session.Request) async throws(PostgresError) -> Session.Request {
        switch request {
        case .statements(var queries):
            guard queries.contains(where: \.namesTypes) else { return request }
            for index in queries.indices { queries[index] = try await resolved(queries[index]) }
            return .statements(queries)
        case .description(let query): return .description(try await resolved(query))
        case .script: return request
        }
    }

    /// Forgets the types if a statement that named some failed because they have changed; true if it may be sent again.
    func forgetsTypes(
        of queries: [PostgresQuery], _ operation: Operation, after error: PostgresError
    ) -> Bool {
        // The type is gone (42704, XX000), is another one (42804), or has another form (22P03, 08P01).
        let states: Set<String?> = ["42704", "XX000", "42804", "22P03", "08P01"]
        guard queries.contains(where: \.namesTypes), states.contains(error.sqlState) else { return false }
        session.types.forget()
        return session.renewStatements(of: operation)
    }

    /// Puts numbers in place of the names of types inside of the parameters.
    func resolved(_ query: PostgresQuery) async throws(PostgresError) -> PostgresQuery {
        guard let parameters = query.parameters, !parameters.references.isEmpty else { return query }
        let names = Set(parameters.references.map(\.name))
        let numbers = try await typeNumbers(named: Array(names))
        if let unknown = names.first(where: { numbers[$0] == nil }) { throw .noType(named: unknown) }
        return query.withParameters(parameters.resolved(by: numbers))
    }

    /// Asks the catalog, following the types that types are made of.
    private func describe(
        _ types: [PostgresOID]
    ) async throws(PostgresError) -> [PostgresOID: PostgresTypeDescription] {
        let rows = try await collect(
            """
            WITH RECURSIVE wanted(oid) AS (
                SELECT pg_catalog.unnest(\(types))
                UNION
                SELECT part.oid FROM wanted JOIN pg_catalog.pg_type t ON t.oid = wanted.oid CROSS JOIN LATERAL (
                    SELECT t.typelem UNION ALL SELECT t.typbasetype
                    UNION ALL SELECT r.rngsubtype FROM pg_catalog.pg_range r WHERE t.oid IN (r.rngtypid, r.rngmultitypid)
                    UNION ALL SELECT a.atttypid FROM pg_catalog.pg_attribute a
                        WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped
                ) part(oid) WHERE part.oid >= 16384
            )
            SELECT t.oid, n.nspname::text, t.typname::text, t.typtype::text, p.proname::text,
                t.typelem, t.typcategory = 'A', t.typbasetype,
                (SELECT r.rngsubtype FROM pg_catalog.pg_range r WHERE t.oid IN (r.rngtypid, r.rngmultitypid)),
                ARRAY(SELECT e.enumlabel::text FROM pg_catalog.pg_enum e WHERE e.enumtypid = t.oid ORDER BY e.enumsortorder),
                ARRAY(SELECT a.attname::text FROM pg_catalog.pg_attribute a WHERE a.attrelid = t.typrelid AND a.attnum > 0
                    AND NOT a.attisdropped ORDER BY a.attnum),
                ARRAY(SELECT a.atttypid FROM pg_catalog.pg_attribute a WHERE a.attrelid = t.typrelid AND a.attnum > 0
                    AND NOT a.attisdropped ORDER BY a.attnum)
            FROM wanted JOIN pg_catalog.pg_type t ON t.oid = wanted.oid JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
                LEFT JOIN pg_catalog.pg_proc p ON p.oid = t.typsend
            """,
            as: (
                PostgresOID, String, String, String, String?, PostgresOID, Bool, PostgresOID, PostgresOID?,
                [String], [String], [PostgresOID]
            ).self)
        var found: [PostgresOID: PostgresTypeDescription] = [:]
        for row in rows {
            let (oid, schema, name, type, send, element, isArray, base, bound, labels, names, fields) = row
            let kind: PostgresTypeDescription.Kind =
                switch type {
                case "d": .domain(base: base)
                case "e": .enumeration(labels: labels)
                case "c": .composite(fields: zip(names, fields).map { .init(name: $0, type: $1) })
                case "r": .range(bound: bound ?? .unspecified)
                case "m": .multirange(bound: bound ?? .unspecified)
                default: isArray ? .array(element: element) : .base(sendFunction: send ?? "")
                }
            found[oid] = PostgresTypeDescription(schema: schema, name: name, kind: kind)
        }
        return found
    }
}

extension PostgresTypeDescription {
    /// The types of extensions and users that this one is made of.
    fileprivate var parts: [PostgresOID] {
        let parts: [PostgresOID] =
            switch kind {
            case .base, .enumeration: []
            case .array(let part), .domain(let part), .range(let part), .multirange(let part): [part]
            case .composite(let fields): fields.map(\.type)
            }
        return parts.filter(\.isUserDefined)
    }
}
