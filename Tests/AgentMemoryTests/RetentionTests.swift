import AgentMemory
import FoundationEssentials
import JSONModel
import StoreContracts
import Testing

@Suite struct RetentionTests {
    @Test func `the gate agrees with the original in 80 cases, and a second pass too`() async throws {
        for entry in try MemoryVectors.gateList("evaluateRetention") {
            let policy = try RetentionPolicy(json: #require(entry["policy"]))
            let world = try await GateWorld(entry)
            let first = try await evaluateRetention(in: world.store, ledger: world.ledger, policy)
            try compare(first, #require(entry["report"]), "case \(try entry.integer("case"))")
            for after in try entry.list("after") {
                let id = try #require(UUID(text: after.text("id")))
                let fact = try #require(try await world.store.getFact(id: id))
                #expect(fact.tags.map { JSONValue.string($0) } == (try after.list("tags")))
                #expect(fact.invalidatedBy == after["invalidated_by"]?.stringValue)
            }
            let second = try await evaluateRetention(in: world.store, ledger: world.ledger, policy)
            try compare(second, #require(entry["secondPass"]), "second \(try entry.integer("case"))")
            let log = try await world.ledger.listGateDecisions(
                GateDecisionFilter(), Page(limit: 1000))
            let decided = [first, second].map { $0.promoted.count + $0.evicted.count + $0.held.count }
            #expect(log.count == decided.reduce(0, +))
        }
    }

    private func compare(_ report: RetentionReport, _ expected: JSONValue, _ label: String) throws {
        let promoted = Dictionary(
            uniqueKeysWithValues: report.promoted.map { ($0.factID.text, $0.evidence) })
        let evicted = Dictionary(uniqueKeysWithValues: report.evicted.map { ($0.factID.text, $0) })
        let held = Dictionary(uniqueKeysWithValues: report.held.map { ($0.factID.text, $0) })
        #expect(
            Set(promoted.keys) == Set(try expected.list("promoted").map { try $0.text("factId") }), "\(label)"
        )
        #expect(
            Set(evicted.keys) == Set(try expected.list("evicted").map { try $0.text("factId") }), "\(label)")
        #expect(Set(held.keys) == Set(try expected.list("held").map { try $0.text("factId") }), "\(label)")
        for entry in try expected.list("promoted") {
            try compare(promoted[entry.text("factId")] ?? nil, entry["evidence"], label)
        }
        for entry in try expected.list("evicted") {
            let own = try #require(evicted[try entry.text("factId")])
            #expect(own.reason.rawValue == (try entry.text("reason")), "\(label)")
            try compare(own.evidence, entry["evidence"], label)
        }
        for entry in try expected.list("held") {
            let own = try #require(held[try entry.text("factId")])
            #expect(own.trials == (try entry.integer("trials")), "\(label)")
            try compare(own.evidence, entry["evidence"], label)
        }
    }

    private func compare(_ evidence: GateEvidence?, _ expected: JSONValue?, _ label: String) throws {
        guard let evidence, let expected else {
            #expect(evidence == nil && expected == nil, "\(label)")
            return
        }
        #expect(agree(evidence.lift, try expected.double("lift"), to: 1e-9), "\(label)")
        #expect(agree(evidence.standardError, try expected.double("se"), to: 1e-9), "\(label)")
        #expect(agree(evidence.degrees, try expected.double("df"), to: 1e-9), "\(label)")
        #expect(agree(evidence.pPromote, try expected.double("pPromote"), to: 1e-9), "\(label)")
        #expect(agree(evidence.pEvict, try expected.double("pEvict"), to: 1e-9), "\(label)")
        #expect(evidence.trials == (try expected.integer("trials")), "\(label)")
        #expect(evidence.baselineRuns == (try expected.integer("baselineRuns")), "\(label)")
        #expect(evidence.alphaBracket == expected["alphaBracket"]?.intValue, "\(label)")
    }

    @Test func `invalid policies are refused before anything is read`() async throws {
        for entry in try MemoryVectors.gateList("invalidPolicies") {
            let json = try #require(entry["policy"])
            #expect(throws: StoreError.self) { try RetentionPolicy(json: json) }
        }
        #expect(throws: StoreError.self) { try RetentionPolicy(json: ["min_trial": 3]) }
        #expect(try RetentionPolicy(json: ["min_trials": 4]).minTrials == 4)
        var policy = RetentionPolicy()
        policy.minTrials = 5
        policy.maxTrials = 4
        #expect(throws: StoreError.self) { try policy.validate() }
    }

    @Test func `ledgers agree with the original`() async throws {
        for entry in try MemoryVectors.gateList("ledgers") {
            let ledger = InMemoryOutcomeLedger()
            for outcome in try entry.list("outcomes") { try await ledger.recordOutcome(RunOutcome(outcome)) }
            let expected = try #require(entry["inMemory"])
            let stats = try await ledger.listFactStats()
            #expect(stats.map(\.factID) == (try expected.list("stats").map { try $0.text("factId") }))
            for (own, theirs) in zip(stats, try expected.list("stats")) {
                #expect(own.trials == (try theirs.integer("trials")))
                #expect(agree(own.meanScore, try theirs.double("meanScore")))
                #expect(agree(own.variance, theirs["variance"]?.doubleValue))
            }
            let all = try await ledger.getBaseline()
            #expect(all.runs == (try #require(expected["baseline"]).integer("runs")))
            #expect(agree(all.variance, expected["baseline"]?["variance"]?.doubleValue))
            for (id, theirs) in try #require(expected["leaveOneOut"]?.objectValue) {
                let exact = try await ledger.getBaseline(excluding: id)
                let derived = try #require(try await ledger.gateInputs([id])[id]?.baseline)
                for own in [exact, derived] {
                    #expect(own.runs == (try theirs.integer("runs")))
                    #expect(agree(own.meanScore, try theirs.double("meanScore")))
                    #expect(agree(own.variance, theirs["variance"]?.doubleValue))
                }
            }
        }
    }

    @Test func `gated lessons are those of the original`() async throws {
        for entry in try MemoryVectors.gateList("retrieveGatedLessons") {
            let world = try await GateWorld(entry)
            let given = try #require(entry["options"])
            let options = GatedLessonOptions(
                tags: try given.list("tags").compactMap(\.stringValue),
                maxFacts: given["maxFacts"]?.intValue ?? 10,
                candidateSlots: given["candidateSlots"]?.intValue ?? 2,
                restAfterTrials: given["restAfterTrials"]?.intValue)
            let with = try await retrieveGatedLessons(from: world.store, ledger: world.ledger, options)
            #expect(with.map(\.id.text) == (try entry.list("withLedger").compactMap(\.stringValue)))
            let without = try await retrieveGatedLessons(from: world.store, options)
            #expect(without.map(\.id.text) == (try entry.list("withoutLedger").compactMap(\.stringValue)))
        }
    }
}

/// Facts and outcomes of a case.
struct GateWorld {
    let store: InMemoryMemoryStore
    let ledger: InMemoryOutcomeLedger

    init(_ entry: JSONValue) async throws {
        let memory = InMemoryMemory()
        store = InMemoryMemoryStore(memory: memory)
        ledger = InMemoryOutcomeLedger(memory: memory)
        for fact in try entry.list("facts") {
            var json = fact
            json["content"] = "a lesson"
            json["provenance"] = ["source": "system", "created_at": "2026-01-01T00:00:00.000Z"]
            try await store.putFact(SemanticFact(json: json))
        }
        for outcome in try entry.list("outcomes") { try await ledger.recordOutcome(RunOutcome(outcome)) }
    }
}

extension RunOutcome {
    init(_ json: JSONValue) throws {
        self.init(
            runID: try json.text("run_id"), score: try json.double("score"),
            factIDs: try json.list("fact_ids").compactMap(\.stringValue))
    }
}
