/// The statement behind a catalog snapshot; `$1` is the schema.
///
/// Not-null constraints are properties of columns here: only since version 18 are they objects of their own.
enum CatalogQuery {
    static let sql = """
        \(own)
        \(relations)
        UNION ALL
        \(rules)
        UNION ALL
        \(routines)
        UNION ALL
        \(grants)
        ORDER BY 1, 2, 3
        """

    private static let own = """
        WITH own AS (
            SELECT c.oid, c.relname::text AS name, c.relkind, c.relrowsecurity, c.relforcerowsecurity, c.relacl,
                c.relowner
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = $1 AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
                AND NOT EXISTS (SELECT FROM pg_depend d
                    WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype IN ('e', 'i'))
        )
        """

    private static let relations = """
        SELECT 'table'::text, name, concat_ws(' ',
            CASE WHEN relkind <> 'r' THEN 'kind ' || relkind::text END,
            CASE WHEN relrowsecurity THEN 'row security' ELSE 'no row security' END,
            CASE WHEN relforcerowsecurity THEN 'forced' END)
        FROM own WHERE relkind <> 'S'
        UNION ALL
        SELECT 'column', o.name || '.' || a.attname, concat_ws(' ', format_type(a.atttypid, a.atttypmod),
            CASE WHEN a.attnotnull THEN 'NOT NULL' END, 'DEFAULT ' || pg_get_expr(d.adbin, d.adrelid),
            'IDENTITY ' || NULLIF(a.attidentity::text, ''), 'GENERATED ' || NULLIF(a.attgenerated::text, ''),
            'STORAGE ' || a.attstorage::text)
        FROM own o JOIN pg_attribute a ON a.attrelid = o.oid AND a.attnum > 0 AND NOT a.attisdropped
            LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
        WHERE o.relkind <> 'S'
        UNION ALL
        SELECT 'view', o.name, pg_get_viewdef(o.oid) FROM own o WHERE o.relkind IN ('v', 'm')
        UNION ALL
        SELECT 'sequence', o.name, '' FROM own o WHERE o.relkind = 'S'
        """

    private static let rules = """
        SELECT 'constraint', o.name || '.' || c.conname, pg_get_constraintdef(c.oid)
        FROM own o JOIN pg_constraint c ON c.conrelid = o.oid WHERE c.contype IN ('p', 'u', 'f', 'c', 'x')
        UNION ALL
        SELECT 'index', o.name || '.' || i.relname,
            replace(pg_get_indexdef(x.indexrelid), format(' ON %I.', $1), ' ON ')
                || CASE WHEN x.indisvalid THEN '' ELSE ' INVALID' END
        FROM own o JOIN pg_index x ON x.indrelid = o.oid JOIN pg_class i ON i.oid = x.indexrelid
        UNION ALL
        SELECT 'policy', o.name || '.' || p.polname, concat_ws(' ',
            CASE WHEN p.polpermissive THEN 'PERMISSIVE' ELSE 'RESTRICTIVE' END, 'FOR ' || p.polcmd::text,
            'TO ' || (SELECT string_agg(CASE r WHEN 0 THEN 'public' ELSE pg_get_userbyid(r)::text END, ','
                ORDER BY r) FROM unnest(p.polroles) r),
            'USING ' || pg_get_expr(p.polqual, p.polrelid),
            'WITH CHECK ' || pg_get_expr(p.polwithcheck, p.polrelid))
        FROM own o JOIN pg_policy p ON p.polrelid = o.oid
        UNION ALL
        SELECT 'trigger', o.name || '.' || t.tgname,
            replace(pg_get_triggerdef(t.oid), format(' ON %I.', $1), ' ON ')
        FROM own o JOIN pg_trigger t ON t.tgrelid = o.oid WHERE NOT t.tgisinternal
        """

    private static let routines = """
        SELECT 'function', p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')', concat_ws(' ',
            'RETURNS', pg_get_function_result(p.oid), 'LANGUAGE', l.lanname, 'VOLATILITY', p.provolatile::text,
            CASE WHEN p.prosecdef THEN 'SECURITY DEFINER' END, p.proconfig::text,
            replace(p.prosrc, '"' || replace($1, '"', '""') || '".', ''))
        FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_language l ON l.oid = p.prolang
        WHERE n.nspname = $1 AND NOT EXISTS (SELECT FROM pg_depend d
            WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
        UNION ALL
        SELECT 'enum', t.typname, COALESCE((SELECT string_agg(e.enumlabel, ',' ORDER BY e.enumsortorder)
            FROM pg_enum e WHERE e.enumtypid = t.oid), '')
        FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
        WHERE n.nspname = $1 AND t.typtype = 'e' AND NOT EXISTS (SELECT FROM pg_depend d
            WHERE d.classid = 'pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'e')
        """

    private static let grants = """
        SELECT 'grant', o.name || ' to ' || g.rolname,
            string_agg(a.privilege_type, ',' ORDER BY a.privilege_type)
        FROM own o, aclexplode(o.relacl) a JOIN pg_roles g ON g.oid = a.grantee
        WHERE a.grantee <> o.relowner GROUP BY o.name, g.rolname
        UNION ALL
        SELECT 'grant', 'the schema to ' || g.rolname,
            string_agg(a.privilege_type, ',' ORDER BY a.privilege_type)
        FROM pg_namespace n, aclexplode(n.nspacl) a JOIN pg_roles g ON g.oid = a.grantee
        WHERE n.nspname = $1 AND a.grantee <> n.nspowner GROUP BY g.rolname
        UNION ALL
        SELECT DISTINCT 'default grant', d.defaclobjtype::text || ' to ' || g.rolname,
            string_agg(a.privilege_type, ',' ORDER BY a.privilege_type)
        FROM pg_default_acl d JOIN pg_namespace n ON n.oid = d.defaclnamespace, aclexplode(d.defaclacl) a
            JOIN pg_roles g ON g.oid = a.grantee
        WHERE n.nspname = $1 AND a.grantee <> d.defaclrole GROUP BY d.oid, d.defaclobjtype, g.rolname
        """
}
