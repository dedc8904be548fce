import FoundationEssentials
import StoreContracts

/// A record with its owner.
struct OwnedRow<Record: Sendable>: Sendable {
    var record: Record
    var tenant: TenantID
}

/// The rows of agents' memory.
struct MemoryTables: Sendable {
    typealias Table<Record: Sendable> = [UUID: OwnedRow<Record>]

    struct OutcomeRow: Sendable {
        var outcome: RunOutcome
        var recordedAt: Date
        var tenant: TenantID
    }

    var entities: Table<Entity> = [:]
    var relationships: Table<Relationship> = [:]
    var episodes: Table<Episode> = [:]
    var facts: Table<SemanticFact> = [:]
    var themes: Table<Theme> = [:]
    var outcomes: [String: OutcomeRow] = [:]
    var decisions: [OwnedRow<GateDecision>] = []

    /// Fails if one of the ids belongs to another tenant.
    static func requireOwn<Record: Identifiable & Sendable>(
        _ records: [Record], in table: Table<Record>, of tenant: TenantID, _ name: String
    ) throws(StoreError) where Record.ID == UUID {
        for record in records {
            if let row = table[record.id], row.tenant != tenant {
                throw StoreError(.tenantConflict(table: name, id: record.id.text))
            }
        }
    }

    /// Fails unless the record is there for the tenant.
    static func require<Record: Sendable>(
        _ id: UUID, in table: Table<Record>, of tenant: TenantID, _ name: String
    ) throws(StoreError) {
        guard let row = table[id] else { throw StoreError(.missingRecord(table: name, id: id.text)) }
        guard row.tenant == tenant else { throw StoreError(.tenantConflict(table: name, id: id.text)) }
    }
}

extension Dictionary where Key == UUID {
    /// The tenant's records with these ids.
    func pick<Record: Sendable>(_ ids: [UUID], _ tenant: TenantID) -> [UUID: Record]
    where Value == OwnedRow<Record> {
        var found: [UUID: Record] = [:]
        for id in ids {
            if let row = self[id], row.tenant == tenant { found[id] = row.record }
        }
        return found
    }

    /// All of the tenant's records.
    func all<Record: Sendable>(_ tenant: TenantID) -> [Record] where Value == OwnedRow<Record> {
        values.filter { $0.tenant == tenant }.map(\.record)
    }

    /// Removes the tenant's record; false if there is none.
    mutating func remove<Record: Sendable>(_ id: UUID, _ tenant: TenantID) -> Bool
    where Value == OwnedRow<Record> {
        guard self[id]?.tenant == tenant else { return false }
        self[id] = nil
        return true
    }
}

extension Page {
    /// This part of records that are in order; nil for a cursor, which needs an instant.
    func select<Record>(from sorted: [Record]) -> [Record] {
        guard case .offset(let offset) = start else { return [] }
        return Array(sorted.dropFirst(offset).prefix(limit))
    }

    /// This part of records, by an instant descending, then by id ascending.
    func selectNewest<Record: Identifiable>(
        from records: [Record], by instant: (Record) -> Date
    ) -> [Record] where Record.ID == UUID {
        let sorted = records.map { (record: $0, instant: instant($0), id: $0.id.text) }
            .sorted { ($1.instant, $0.id) < ($0.instant, $1.id) }
        switch start {
        case .offset(let offset): return sorted.dropFirst(offset).prefix(limit).map(\.record)
        case .after(let cursor):
            let place = (cursor.instant, cursor.id.text)
            return sorted.drop { !(($0.instant, place.1) < (place.0, $0.id)) }.prefix(limit).map(\.record)
        }
    }
}
