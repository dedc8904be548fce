internal import FoundationEssentials
internal import Orchestrator
internal import PostgresWire
internal import StoreContracts

/// The statements about tenants.
enum TenantSQL {
    private static let columns = "id, slug, name, status, created_at, updated_at"

    /// Adds a tenant.
    static func insert(_ id: TenantID, slug: String, name: String, _ names: SchemaNames) -> PostgresQuery {
        """
        INSERT INTO \(names.tenants) (id, slug, name) VALUES (\(id.uuid), \(slug), \(name))
        RETURNING \(raw: columns)
        """
    }

    /// Reads a tenant.
    static func load(_ id: TenantID, _ names: SchemaNames) -> PostgresQuery {
        "SELECT \(raw: columns) FROM \(names.tenants) WHERE id = \(id.uuid)"
    }

    /// Reads a page of tenants, newest first.
    static func list(_ page: Page, _ names: SchemaNames) -> PostgresQuery {
        """
        SELECT \(raw: columns) FROM \(names.tenants)
        WHERE true \(page.condition(on: "created_at", .newestFirst))
        \(page.end(by: "created_at", .newestFirst))
        """
    }

    /// Changes the status of a tenant.
    ///
    /// Locks its row.
    static func setStatus(_ id: TenantID, _ status: TenantStatus, _ names: SchemaNames) -> PostgresQuery {
        """
        UPDATE \(names.tenants) SET status = \(status.rawValue), updated_at = now()
        WHERE id = \(id.uuid) RETURNING id
        """
    }

    /// Takes the tenant's keys off the usage of others, which an unscoped writer may have put there.
    ///
    /// Locks the changed rows.
    static func releaseKeys(_ id: TenantID, _ names: SchemaNames) -> PostgresQuery {
        """
        UPDATE \(names.usage) SET api_key_id = NULL
        WHERE tenant_id <> \(id.uuid)
            AND api_key_id IN (SELECT k.id FROM \(names.apiKeys) AS k WHERE k.tenant_id = \(id.uuid))
        """
    }

    /// Deletes a tenant, and by the foreign keys every row of it.
    ///
    /// Locks all of them.
    static func erase(_ id: TenantID, _ names: SchemaNames) -> PostgresQuery {
        "DELETE FROM \(names.tenants) WHERE id = \(id.uuid) RETURNING id"
    }

    /// Reads the rows of a result with the columns of this type.
    ///
    /// - Throws: `corruptRecord` for a status that is none.
    static func read(_ rows: PostgresRows) throws(StoreError) -> [TenantRecord] {
        let tuples = try rows.stored((UUID, String, String, String, Date, Date).self, in: "tenants")
        var records: [TenantRecord] = []
        for row in tuples {
            guard let status = TenantStatus(rawValue: row.3) else {
                throw StoreError(
                    .corruptRecord(table: "tenants", id: row.0.text), cause: "its status is none of ours")
            }
            records.append(
                TenantRecord(
                    id: TenantID(row.0), slug: row.1, name: row.2, status: status, createdAt: row.4,
                    updatedAt: row.5))
        }
        return records
    }
}
