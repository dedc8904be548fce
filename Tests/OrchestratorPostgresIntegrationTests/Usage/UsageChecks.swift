import Foundation
import JSONModel
import Orchestrator
import PostgresWire
import StoreContracts
import TestSupport
import Testing

/// The promises of usage recorders, by the ids of the contract.
enum UsageChecks {
    static func dollars(_ text: String) -> USDAmount { USDAmount(text) ?? USDAmount(microdollars: -1) }

    static let all: [BehaviourCheck] = [
        BehaviourCheck("U1", "tokens, duration and cost come back exactly") { backend async throws in
            let run = try await backend.run()
            let usage = backend.usage(.seed)
            var record = try UsageRecord(
                runID: run.runID, graphID: run.workflowID, inputTokens: 120, outputTokens: 30, costUSD: 0.05,
                duration: .milliseconds(1500))
            #expect(try await usage.record(record))
            let stored = try #require(await usage.listUsage().first)
            record.createdAt = stored.createdAt
            #expect(stored == record)
            #expect(stored.cost.description == "0.050000")
            if let client = backend.database?.client {
                #expect(
                    try await client.one("SELECT cost_usd::text FROM usage_records", as: String.self)
                        == "0.050000")
            }
        },
        BehaviourCheck("U2", "parts by model come back; none stay none") { backend async throws in
            let run = try await backend.run()
            let usage = backend.usage(.seed)
            let parts = [
                "m-large": UsageBreakdown(inputTokens: 1, outputTokens: 2, costUSD: 0.1, calls: 3),
                "": UsageBreakdown(),
            ]
            try await usage.saveUsageRecord(UsageRecord(runID: run.runID, modelBreakdown: parts))
            #expect(try await usage.listUsage().map(\.modelBreakdown) == [parts])
            try await usage.record(UsageRecord(runID: run.runID))
            #expect(try await usage.listUsage().map(\.modelBreakdown) == [nil, parts])
        },
        BehaviourCheck("U3", "the API key is none unless it is given") { backend async throws in
            let run = try await backend.run()
            let usage = backend.usage(.seed)
            let key = try await backend.resolver.register(APIKey("k"), tenant: .seed)
            try await usage.record(UsageRecord(runID: run.runID))
            try await usage.record(UsageRecord(runID: run.runID, apiKeyID: key))
            #expect(try await usage.listUsage().map(\.apiKeyID) == [key, nil])
            let unknown = UUID()
            #expect(
                await code { _ = try await usage.record(UsageRecord(runID: run.runID, apiKeyID: unknown)) }
                    == .missingRecord(table: "api_keys", id: unknown.uuidString.lowercased()))
        },
        BehaviourCheck("U4", "sums are exact and windows begin inclusively") { backend async throws in
            let run = try await backend.run()
            let usage = backend.usage(.seed)
            #expect(try await usage.sumCostSince(.distantPast) == .zero)
            #expect(try await usage.totals() == UsageTotals())
            for cost in ["0.25", "0.75", "0.1", "0.2"] {
                try await usage.record(UsageRecord(runID: run.runID, cost: dollars(cost)))
            }
            #expect(try await usage.sumCostSince(Date(timeIntervalSince1970: 0)) == dollars("1.3"))
            #expect(try await usage.sumCostSince(Date().addingTimeInterval(3600)) == .zero)
            let rows = try await usage.listUsage()
            let second = try #require(rows[2].createdAt)
            #expect(try await usage.sumCostSince(second) == dollars("1.05"))
            let before = try await usage.totals(UsageFilter(until: second))
            #expect(before == UsageTotals(count: 1, cost: dollars("0.25")))
        },
        BehaviourCheck("U9", "a record that comes again is stored once") { backend async throws in
            let run = try await backend.run()
            let usage = backend.usage(.seed)
            let record = UsageRecord(runID: run.runID, inputTokens: 5, cost: dollars("0.3"))
            #expect(try await usage.record(record))
            #expect(try await usage.record(record) == false)
            #expect(try await usage.record([record, record]) == 0)
            #expect(try await usage.totals() == UsageTotals(count: 1, inputTokens: 5, cost: dollars("0.3")))
            var other = record
            other.cost = dollars("0.4")
            let changed = other
            let fresh = UsageRecord(runID: run.runID)
            let taken = StoreErrorCode.alreadyExists(
                table: "usage_records", key: record.id.uuidString.lowercased())
            #expect(await code { _ = try await usage.record([fresh, changed]) } == taken)
            #expect(await code { _ = try await usage.record([fresh, fresh, record, changed]) } == taken)
            #expect(try await usage.totals().count == 1)
        },
        BehaviourCheck("U10", "sums by run, model, graph and key, dearest first") { backend async throws in
            let one = try await backend.run()
            let two = try await backend.run()
            let usage = backend.usage(.seed)
            let large = UsageBreakdown(inputTokens: 10, outputTokens: 1, costUSD: 0.1, calls: 2)
            let small = UsageBreakdown(inputTokens: 1, outputTokens: 1, costUSD: 0.0000005, calls: 1)
            try await usage.record([
                UsageRecord(
                    runID: one.runID, graphID: one.workflowID, inputTokens: 11, cost: dollars("0.1"),
                    modelBreakdown: ["large": large, "small": small]),
                UsageRecord(runID: one.runID, graphID: one.workflowID, cost: dollars("0.2")),
                UsageRecord(
                    runID: two.runID, cost: dollars("0.05"), modelBreakdown: ["large": large, "a": small]),
            ])
            let runs = try await usage.totals(by: .run)
            #expect(runs.map(\.key) == [one, two].map { $0.runID.uuidString.lowercased() })
            #expect(runs.first?.totals == UsageTotals(count: 2, inputTokens: 11, cost: dollars("0.3")))
            let models = try await usage.totals(by: .model)
            #expect(models.map(\.key) == ["large", "a", "small"])
            #expect(
                models.first?.totals
                    == UsageTotals(count: 4, inputTokens: 20, outputTokens: 2, cost: dollars("0.2")))
            #expect(models.last?.totals.cost == dollars("0.000001"))
            let graphs = try await usage.totals(by: .graph)
            #expect(graphs.map(\.key) == [one.workflowID.uuidString.lowercased(), nil])
            #expect(try await usage.totals(by: .apiKey).map(\.totals.count) == [3])
            #expect(try await usage.totals(by: .run, UsageFilter(runID: two.runID)).count == 1)
            #expect(try await usage.totals(by: .model, UsageFilter(), limit: 1).map(\.key) == ["large"])
            #expect(try await usage.totals(by: .model, UsageFilter(), limit: 0).isEmpty)
            #expect(
                await code { _ = try await usage.totals(by: .run, UsageFilter(), limit: -1) }
                    == .invalidArgument(name: "limit"))
        },
        BehaviourCheck("U11", "what is out of bounds is refused before anything is stored") {
            backend async throws in
            let run = try await backend.run()
            let usage = backend.usage(.seed)
            for cost in [Double.nan, .infinity, -0.01, 10_000, 9999.9999999] {
                #expect(
                    await code { _ = try UsageRecord(runID: nil, costUSD: cost) }
                        == .invalidArgument(name: "cost_usd"))
            }
            let bound = UsageRecord(runID: run.runID, cost: UsageRecord.costBound)
            #expect(await code { _ = try await usage.record(bound) } == .invalidArgument(name: "cost_usd"))
            let many = UsageRecord(runID: run.runID, inputTokens: 2_147_483_648)
            #expect(await code { _ = try await usage.record(many) } == .invalidArgument(name: "input_tokens"))
            let negative = UsageRecord(runID: run.runID, outputTokens: -1)
            #expect(
                await code { _ = try await usage.record(negative) } == .invalidArgument(name: "output_tokens")
            )
            let odd = UsageRecord(runID: run.runID, modelBreakdown: ["m": UsageBreakdown(costUSD: .nan)])
            #expect(
                await code { _ = try await usage.record(odd) } == .invalidArgument(name: "model_breakdown"))
            let greatest = UsageRecord(
                runID: run.runID, inputTokens: 2_147_483_647, cost: dollars("9999.999999"))
            #expect(try await usage.record(greatest))
            #expect(try await usage.record([]) == 0)
            #expect(try await usage.totals().cost == dollars("9999.999999"))
        },
        BehaviourCheck("U12", "unknown runs and graphs are named") { backend async throws in
            let usage = backend.usage(.seed)
            let run = UUID()
            let graph = UUID()
            #expect(
                await code { _ = try await usage.record(UsageRecord(runID: run)) }
                    == .missingRunRecord(runID: run, table: "usage_records"))
            #expect(
                await code { _ = try await usage.record(UsageRecord(runID: nil, graphID: graph)) }
                    == .missingGraph(graphID: graph))
            #expect(try await usage.record(UsageRecord(runID: nil)))
        },
    ]
}
