import AgentMemory
import FoundationEssentials
import JSONModel
import StoreContracts
import Testing

@Suite struct SimulationTests {
    @Test func `simulations agree with the original`() async throws {
        for entry in try MemoryVectors.gateList("simulateGate") {
            let result = try await simulation(#require(entry["config"])).run()
            let scores = try entry.list("runScores").map(\.doubleValue)
            #expect(result.runScores.count == scores.count)
            for (own, theirs) in zip(result.runScores, scores) { #expect(agree(own, theirs, to: 1e-12)) }
            for (own, theirs) in zip(result.lessons, try entry.list("lessons")) {
                #expect(own.outcome.rawValue == (try theirs.text("outcome")))
                #expect(own.reason?.rawValue == theirs["reason"]?.stringValue)
                #expect(own.decidedAtRun == theirs["decidedAtRun"]?.intValue)
            }
        }
    }

    private func simulation(_ config: JSONValue) throws -> GateSimulation {
        let lessons = try config.list("lessons").map {
            GateSimulation.Lesson(
                id: try #require(UUID(text: $0.text("id"))), trueEffect: try $0.double("trueEffect"),
                arrivesAtRun: try $0.integer("arrivesAtRun"))
        }
        var simulation = try GateSimulation(
            lessons: lessons, runs: config.integer("runs"), seed: config.integer("seed"))
        simulation.recordsEmptyRuns = config["recordEmptyRuns"]?.boolValue ?? true
        simulation.retrieval = options(config["retrieval"])
        if let policy = config["policy"] { simulation.policy = try RetentionPolicy(json: policy) }
        return simulation
    }

    private func options(_ json: JSONValue?) -> GatedLessonOptions {
        GatedLessonOptions(
            maxFacts: json?["maxFacts"]?.intValue ?? 10,
            candidateSlots: json?["candidateSlots"]?.intValue ?? 2,
            restAfterTrials: json?["restAfterTrials"]?.intValue)
    }

    @Test func `operating characteristics agree with the original`() async throws {
        let entry = try #require(try MemoryVectors.gate.get()["operatingCharacteristics"])
        let config = try #require(entry["config"])
        var curves = OperatingCharacteristics(
            effects: try config.list("effects").compactMap(\.doubleValue),
            runCounts: try config.list("runCounts").compactMap(\.intValue))
        curves.noiseSds = try config.list("noiseSds").compactMap(\.doubleValue)
        curves.replicates = try config.integer("replicates")
        curves.seed = try config.integer("seed")
        curves.retrieval = options(config["retrieval"])
        curves.policy = try RetentionPolicy(json: #require(config["policy"]))
        let rows = try await curves.rows()
        var found: [[Double?]: OperatingCharacteristics.Row] = [:]
        for row in rows { found[[row.effect, Double(row.runs), row.noiseSd]] = row }
        for theirs in try entry.list("rows") {
            let key = [try theirs.double("effect"), try theirs.double("runs"), try theirs.double("noiseSd")]
            let own = try #require(found[key.map(Optional.some)])
            #expect(agree(own.promoteRate, try theirs.double("promoteRate")), "\(theirs)")
            #expect(agree(own.harmfulEvictRate, try theirs.double("harmfulEvictRate")), "\(theirs)")
            #expect(agree(own.evictRate, try theirs.double("evictRate")), "\(theirs)")
            #expect(agree(own.heldRate, try theirs.double("heldRate")), "\(theirs)")
            #expect(agree(own.falseEvictRate, try theirs.double("falseEvictRate")), "\(theirs)")
            #expect(agree(own.meanDecisionRun, theirs["meanDecisionRun"]?.doubleValue), "\(theirs)")
        }
    }

    @Test func `a lesson that is always there is held for ever`() async throws {
        let lesson = GateSimulation.Lesson(id: TenantID.seed.uuid, trueEffect: 0.3)
        let result = try await GateSimulation(lessons: [lesson], runs: 20, seed: 5).run()
        #expect(result.lessons[0].outcome == .held)
        #expect(agree(result.runScores.reduce(0, +), 18.184788537959356, to: 1e-12))
        var many = OperatingCharacteristics(effects: [0], runCounts: [1])
        many.replicates = 1000
        await #expect(throws: StoreError.self) { try await many.rows() }
    }
}
