import AgentMemory
import FoundationEssentials
import StoreContracts

/// What store and ledger promise to the retention gate.
enum GatePromises {
    static let all: [Promise] = [
        Promise("RG001", "a lesson that helps is promoted, and a second pass finds nothing") { world in
            try await world.lesson(1, with: [0.9, 0.9, 0.9, 0.9, 0.9], without: [0.5, 0.5, 0.5, 0.5, 0.5])
            let report = try await world.gate()
            try equal(report.promoted.map(\.factID), [world.number(2001)], "promoted")
            let evidence = try present(report.promoted.first?.evidence, "evidence")
            try require((evidence.lift - 0.4).magnitude < 1e-9, "the lift is 0.4")
            try require((evidence.standardError - 0.0632455532033676).magnitude < 1e-9, "the error")
            try require((evidence.pPromote - 0.9997243798146219).magnitude < 1e-9, "the probability")
            try equal(evidence.alphaBracket, 2, "the bracket")
            try equal(await world.tags(1), ["lesson", "verified"], "tags")
            try require(await world.gate().isEmpty, "a second pass")
        },
        Promise("RG002", "a lesson that harms is evicted, and leaves the listing") { world in
            try await world.lesson(1, with: [0.2, 0.2, 0.2, 0.2, 0.2], without: [0.8, 0.8, 0.8, 0.8, 0.8])
            let report = try await world.gate()
            try equal(report.evicted.map(\.reason), [.harmful], "evicted")
            try equal(
                await world.memory().getFact(id: world.number(2001))?.invalidatedBy, "eval-gate:harmful",
                "why")
            try equal(await world.memory().findFacts().count, 0, "listed")
            try equal(await world.tags(1), ["lesson", "candidate"], "tags")
        },
        Promise("RG003", "a lesson of too few trials, and one of none, are held") { world in
            try await world.lesson(1, with: [0.9, 0.9], without: [0.1, 0.1, 0.1])
            try await world.memory().putFact(world.fact(2) { $0.tags = ["candidate"] })
            let report = try await world.gate()
            let trials = Dictionary(uniqueKeysWithValues: report.held.map { ($0.factID, $0.trials) })
            try equal(trials, [world.number(2001): 2, world.number(2002): 0], "held")
            try equal(await world.tags(1), ["lesson", "candidate"], "tags")
        },
        Promise("RG004", "decisions are in the log with the pass that made them") { world in
            try await world.lesson(1, with: [0.9, 0.9, 0.9, 0.9, 0.9], without: [0.5, 0.5, 0.5, 0.5, 0.5])
            try await world.memory().putFact(world.fact(2) { $0.tags = ["candidate"] })
            _ = try await world.gate()
            let log = try await world.ledger().listGateDecisions()
            try equal(Set(log.map(\.decision)), [.promoted, .held], "decisions")
            try equal(Set(log.map(\.passID)).count, 1, "passes")
            try equal(
                log.first { $0.decision == .promoted }?.factID, world.number(2001).text, "the promoted fact")
        },
        Promise("RG005", "quarantined, void and other facts are never judged") { world in
            try await world.lesson(1, with: [0.9, 0.9, 0.9, 0.9], without: [0.1, 0.1, 0.1, 0.1])
            let store = try world.memory()
            for tags in [["candidate", "quarantined"], ["verified"], []] {
                try await store.putFact(world.fact(1) { $0.tags = tags })
                try require(await world.gate().isEmpty, "tags \(tags)")
            }
            try await store.putFact(
                world.fact(1) {
                    $0.tags = ["candidate"]
                    $0.invalidatedBy = "x"
                })
            try require(await world.gate().isEmpty, "a void one")
        },
        Promise("RG006", "other tags can stand for candidate and verified") { world in
            try await world.lesson(1, with: [0.9, 0.9, 0.9, 0.9], without: [0.1, 0.1, 0.1, 0.1])
            try await world.memory().putFact(world.fact(1) { $0.tags = ["on-trial", "lesson", "proven"] })
            var policy = RetentionPolicy()
            policy.candidateTag = "on-trial"
            policy.verifiedTag = "proven"
            try equal(await world.gate(policy).promoted.count, 1, "promoted")
            try equal(await world.tags(1), ["lesson", "proven"], "tags")
        },
        Promise("RG007", "what others changed meanwhile is left as it is") { world in
            let store = try world.memory()
            try await store.putFacts((1...3).map { n in world.fact(n) { $0.tags = ["candidate", "kept"] } })
            var report = RetentionReport()
            report.promoted = [1, 2].map { .init(factID: world.number(2000 + $0), evidence: nil) }
            report.evicted = [.init(factID: world.number(2003), reason: .noLift, evidence: nil)]
            try await store.touchFacts([world.number(2001)], at: world.day(4))
            try await store.putFact(world.fact(2) { $0.tags = ["candidate", "quarantined"] })
            try await store.putFact(
                world.fact(3) {
                    $0.tags = ["candidate"]
                    $0.invalidatedBy = "by somebody"
                })
            try await store.applyRetention(report, candidateTag: "candidate", verifiedTag: "verified")
            let touched = try present(await store.getFact(id: world.number(2001)), "the first")
            try equal(touched.accessCount, 1, "its accesses")
            try equal(touched.tags, ["kept", "verified"], "its tags")
            try equal(await world.tags(2), ["quarantined", "verified"], "the second's tags")
            try equal(
                await store.getFact(id: world.number(2003))?.invalidatedBy, "by somebody",
                "the third's reason")
        },
        Promise("RG008", "more than a thousand candidates are all reported") { world in
            try await world.memory().putFacts(
                (1...1001).map { n in
                    world.fact(n) {
                        $0.tags = ["candidate"]
                        $0.validFrom = world.day(1)
                    }
                })
            try equal(await world.gate().held.count, 1001, "held")
            try equal(
                await world.ledger().listGateDecisions(GateDecisionFilter(), Page(limit: 2000)).count, 1001,
                "logged")
        },
        Promise("RG009", "a tenant's gate does not see another's lessons", needs: [.tenants]) { world in
            let (owner, stranger) = try world.tenants()
            try await world.memory(owner).putFact(world.fact(1) { $0.tags = ["candidate"] })
            let report = try await evaluateRetention(
                in: world.memory(stranger), ledger: world.ledger(stranger))
            try require(report.isEmpty, "nothing is judged")
            var forged = RetentionReport()
            forged.promoted = [.init(factID: world.number(2001), evidence: nil)]
            try await world.memory(stranger).applyRetention(
                forged, candidateTag: "candidate", verifiedTag: "verified")
            try equal(
                await world.memory(owner).getFact(id: world.number(2001))?.tags, ["candidate"], "tags")
        },
    ]
}

extension PromiseWorld {
    /// Stores a candidate and the scores of runs with and without it.
    fileprivate func lesson(_ n: Int, with: [Double], without: [Double]) async throws {
        try await memory().putFact(fact(n) { $0.tags = ["lesson", "candidate"] })
        let ledger = try ledger()
        for (index, score) in with.enumerated() {
            try await ledger.recordOutcome(
                RunOutcome(runID: "with-\(index)", score: score, factIDs: [number(2000 + n).text]))
        }
        for (index, score) in without.enumerated() {
            try await ledger.recordOutcome(RunOutcome(runID: "without-\(index)", score: score))
        }
    }

    fileprivate func gate(
        _ policy: RetentionPolicy = RetentionPolicy()
    ) async throws -> RetentionReport {
        try await evaluateRetention(in: memory(), ledger: ledger(), policy)
    }

    fileprivate func tags(_ n: Int) async throws -> [String]? {
        try await memory().getFact(id: number(2000 + n))?.tags
    }
}
