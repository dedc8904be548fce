import AgentMemory
import FoundationEssentials
import StoreContracts

extension PromiseWorld {
    /// The memory of a tenant.
    func memory(_ tenant: TenantID = .seed) throws -> any MemoryStore {
        guard let make = adapters.memory else { throw MissingAdapter(contract: .memoryStore) }
        return make(tenant)
    }

    /// The index of a tenant's memory.
    func index(_ tenant: TenantID = .seed) throws -> any MemoryIndex {
        guard let make = adapters.index else { throw MissingAdapter(contract: .memoryIndex) }
        return make(tenant)
    }

    /// The ledger of a tenant.
    func ledger(_ tenant: TenantID = .seed) throws -> any OutcomeLedger {
        guard let make = adapters.ledger else { throw MissingAdapter(contract: .outcomeLedger) }
        return make(tenant)
    }

    /// A day of January 2026.
    func day(_ number: Int) -> Date {
        Date(timeIntervalSince1970: 1_767_225_600 + Double(number - 1) * 86_400)
    }

    /// The n-th of many ids, ascending with n.
    func number(_ n: Int) -> UUID {
        let digits = String(n, radix: 16)
        let text = "00000000-0000-4000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits
        return UUID(text: text) ?? UUID()
    }

    /// A vector that begins with these numbers.
    func vector(_ numbers: Float...) -> [Float] {
        numbers + [Float](repeating: 0, count: max(0, adapters.dimensions - numbers.count))
    }

    var provenance: Provenance {
        Provenance(
            source: .agent, agentID: "writer", confidence: 0.75,
            createdAt: Date(timeIntervalSince1970: 1_767_225_600.123))
    }

    func entity(_ n: Int, _ change: (inout Entity) -> Void = { _ in }) -> Entity {
        var entity = Entity(
            id: number(n), name: "entity \(n)", entityType: "person", provenance: provenance,
            createdAt: day(n), updatedAt: day(n))
        change(&entity)
        return entity
    }

    func edge(
        _ n: Int, _ source: Int, _ target: Int, _ change: (inout Relationship) -> Void = { _ in }
    ) -> Relationship {
        var edge = Relationship(
            id: number(1000 + n), sourceID: number(source), targetID: number(target), relationType: "knows",
            validFrom: day(n), provenance: provenance)
        change(&edge)
        return edge
    }

    func fact(_ n: Int, _ change: (inout SemanticFact) -> Void = { _ in }) -> SemanticFact {
        var fact = SemanticFact(
            id: number(2000 + n), content: "fact \(n)", provenance: provenance, validFrom: day(n))
        change(&fact)
        return fact
    }

    func theme(_ n: Int, _ change: (inout Theme) -> Void = { _ in }) -> Theme {
        var theme = Theme(id: number(3000 + n), label: "theme \(n)", provenance: provenance)
        change(&theme)
        return theme
    }

    func episode(_ n: Int, _ change: (inout Episode) -> Void = { _ in }) -> Episode {
        var episode = Episode(
            id: number(4000 + n), topic: "talk \(n)", messages: [], startedAt: day(n), endedAt: day(n),
            provenance: provenance)
        change(&episode)
        return episode
    }
}
