internal import FoundationEssentials
internal import PostgresWire
internal import StoreContracts

/// What a write of records touches, to find out why it was refused.
struct MemoryWrite: Sendable {
    let table: String
    let ids: [UUID]
    /// Records of another table that must be there.
    let references: [UUID]
    let referenced: String

    init(
        _ records: [some Identifiable<UUID>], _ table: String, refersTo references: [UUID] = [],
        in referenced: String = ""
    ) {
        self.table = table
        ids = records.map(\.id)
        self.references = references
        self.referenced = referenced
    }

    /// The error for a refusal.
    func objection(to error: PostgresError, _ plane: TenantPlane) async throws(StoreError) -> StoreError {
        switch error.sqlState {
        case SQLState.foreignTenant, SQLState.insufficientPrivilege:
            guard let id = try await foreign(plane) else { return plane.mapped(error) }
            return StoreError(
                .tenantConflict(table: table, id: id.text), effect: .rolledBack, cause: error.description)
        case SQLState.contentDiffers:
            guard let id = try await missing(plane) else { return plane.mapped(error) }
            return StoreError(
                .missingRecord(table: referenced, id: id.text), effect: .rolledBack,
                cause: error.description)
        default:
            guard let mismatch = dimensions(error) else { return plane.mapped(error) }
            return mismatch
        }
    }

    /// The first id of the write that is taken by another tenant; the first one of all if it cannot be seen.
    private func foreign(_ plane: TenantPlane) async throws(StoreError) -> UUID? {
        let name = QualifiedName(table, in: plane.names.schema)
        let taken = try await plane.read("SELECT id, tenant_id FROM \(name) WHERE id = ANY (\(ids))")
            .stored((UUID, UUID).self, in: table)
        let strange = Set(taken.filter { $0.1 != plane.tenant.uuid }.map(\.0))
        let own = Set(taken.map(\.0))
        return ids.first { strange.contains($0) } ?? ids.first { !own.contains($0) }
    }

    private func missing(_ plane: TenantPlane) async throws(StoreError) -> UUID? {
        let name = QualifiedName(referenced, in: plane.names.schema)
        let found = try await plane.read(
            """
            SELECT id FROM \(name) WHERE id = ANY (\(references)) AND tenant_id = \(plane.tenant.uuid)
            """
        ).stored(UUID.self, in: referenced)
        let known = Set(found)
        return references.first { !known.contains($0) }
    }

    private func dimensions(_ error: PostgresError) -> StoreError? {
        StoreError(dimensionsOf: error, context: "a put into \(table)")
    }
}

extension StoreError {
    /// pgvector's complaint about the length of a vector; nil for any other error.
    ///
    /// Its two sentences name the numbers: `expected 8 dimensions, not 3`, `different vector dimensions 8 and 3`.
    init?(dimensionsOf error: PostgresError, context: String) {
        guard let fields = error.server, fields.sqlState == "22000", fields.message.contains("dimensions")
        else { return nil }
        let numbers = fields.message.split { !$0.isNumber }.compactMap { Int($0) }
        guard numbers.count == 2 else { return nil }
        self.init(
            .dimensionMismatch(expected: numbers[0], actual: numbers[1], context: context),
            effect: .rolledBack, cause: error.description)
    }
}
