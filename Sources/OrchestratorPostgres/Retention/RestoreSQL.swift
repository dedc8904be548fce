internal import FoundationEssentials
internal import PostgresWire
internal import StoreContracts

/// The statements that bring rows of archives back.
enum RestoreSQL {
    /// Reads the columns of a table that can be written.
    static func columns(of table: String, _ names: SchemaNames) -> PostgresQuery {
        """
        SELECT attname::text FROM pg_attribute
        WHERE attrelid = to_regclass(\(QualifiedName(table, in: names.schema).sql)) AND attnum > 0
            AND NOT attisdropped AND attgenerated = ''
        """
    }

    /// Adds the runs of `rows` that are wanted and missing, archived as of now and without parents; returns
    /// their ids.
    static func runs(
        _ rows: PostgresJSONText, columns: [String], wanted: [UUID]?, _ names: SchemaNames
    ) -> PostgresQuery {
        """
        INSERT INTO \(names.runs) (\(list(columns)))
        SELECT \(list(columns)) FROM (
            SELECT \(list(columns.filter { $0 != "parent_run_id" && $0 != "archived_at" })),
                NULL::uuid AS parent_run_id, now() AS archived_at
            FROM jsonb_populate_recordset(NULL::\(names.runs), \(rows))) AS t
        WHERE \(wanted) IS NULL OR id = ANY (\(wanted))
        ON CONFLICT (id) DO NOTHING RETURNING id
        """
    }

    /// Reads which of the wanted runs of `rows` are in the archive.
    static func wanted(_ rows: PostgresJSONText, wanted: [UUID]?, _ names: SchemaNames) -> PostgresQuery {
        """
        SELECT id FROM jsonb_populate_recordset(NULL::\(names.runs), \(rows))
        WHERE \(wanted) IS NULL OR id = ANY (\(wanted))
        """
    }

    /// Adds the graphs of `rows` that are missing.
    static func graphs(_ rows: PostgresJSONText, columns: [String], _ names: SchemaNames) -> PostgresQuery {
        """
        INSERT INTO \(names.graphs) (\(list(columns)))
        SELECT \(list(columns)) FROM jsonb_populate_recordset(NULL::\(names.graphs), \(rows))
        ON CONFLICT (id) DO NOTHING
        """
    }

    /// Adds the rows of a table that belong to restored runs.
    static func rows(
        _ rows: PostgresJSONText, of table: String, columns: [String], restored: [UUID], _ names: SchemaNames
    ) -> PostgresQuery {
        let name = QualifiedName(table, in: names.schema)
        return """
            INSERT INTO \(name) (\(list(columns)))
            SELECT \(list(columns)) FROM jsonb_populate_recordset(NULL::\(name), \(rows))
            WHERE run_id = ANY (\(restored))
            """
    }

    /// Gives usage that is still there its runs again.
    static func usage(_ rows: PostgresJSONText, restored: [UUID], _ names: SchemaNames) -> PostgresQuery {
        """
        UPDATE \(names.usage) AS u SET run_id = t.run_id
        FROM jsonb_populate_recordset(NULL::\(names.usage), \(rows)) AS t
        WHERE u.id = t.id AND u.tenant_id = t.tenant_id AND u.run_id IS NULL AND t.run_id = ANY (\(restored))
        """
    }

    /// Gives restored runs their parents again where these are there.
    static func parents(_ rows: PostgresJSONText, restored: [UUID], _ names: SchemaNames) -> PostgresQuery {
        """
        UPDATE \(names.runs) AS r SET parent_run_id = p.id
        FROM jsonb_populate_recordset(NULL::\(names.runs), \(rows)) AS t
        JOIN \(names.runs) AS p ON p.id = t.parent_run_id AND p.tenant_id = t.tenant_id
        WHERE r.id = t.id AND r.id = ANY (\(restored))
        """
    }

    /// Gives runs that lost a restored parent this parent again.
    static func children(_ rows: PostgresJSONText, restored: [UUID], _ names: SchemaNames) -> PostgresQuery {
        """
        UPDATE \(names.runs) AS r SET parent_run_id = p.id
        FROM jsonb_populate_recordset(NULL::\(names.runs), \(rows)) AS t
        JOIN \(names.runs) AS p ON p.id = t.parent_run_id AND p.id = ANY (\(restored))
        WHERE r.id = t.id AND r.parent_run_id IS NULL AND r.tenant_id = p.tenant_id
        """
    }

    private static func list(_ columns: [String]) -> PostgresQuery {
        let names = columns.map { PostgresQuery.quoted(identifier: $0) }
        return "\(raw: names.joined(separator: ", "))"
    }
}
