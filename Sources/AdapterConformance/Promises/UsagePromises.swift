import FoundationEssentials
import JSONModel
import Orchestrator
import StoreContracts

/// What every `UsageRecorder` promises.
enum UsagePromises {
    static let all = recording + summing + refusing + tenants

    private static func dollars(_ text: String) throws -> USDAmount {
        try present(USDAmount(text), "the amount \(text)")
    }

    private static let recording: [Promise] = [
        Promise("UR001", "a record comes back with tokens, duration and exact cost") { world in
            let run = try await world.run()
            var record = try UsageRecord(
                runID: run.runID, graphID: run.workflowID, inputTokens: 120, outputTokens: 30, costUSD: 0.05,
                duration: .milliseconds(1500))
            try require(await world.usage().record(record), "it was recorded")
            let stored = try present(await world.usage().listUsage().first, "the record")
            record.createdAt = stored.createdAt
            try equal(stored, record, "the record")
            try equal(stored.cost.description, "0.050000", "the cost")
        },
        Promise("UR002", "parts by model come back, none stay none") { world in
            let run = try await world.run()
            let parts = ["m": UsageBreakdown(inputTokens: 1, outputTokens: 2, costUSD: 0.1, calls: 3)]
            try await world.usage().record(UsageRecord(runID: run.runID, modelBreakdown: parts))
            try await world.usage().record(UsageRecord(runID: run.runID))
            try equal(await world.usage().listUsage().map(\.modelBreakdown), [nil, parts], "the parts")
        },
        Promise("UR003", "the same record again is billed once") { world in
            let run = try await world.run()
            let record = UsageRecord(runID: run.runID, inputTokens: 5, cost: try dollars("0.3"))
            try require(await world.usage().record(record), "the first is recorded")
            try require(await !world.usage().record(record), "the second is not")
            try equal(await world.usage().record([record, record]), 0, "records of the third call")
            try equal(await world.usage().totals().cost, dollars("0.3"), "the cost")
        },
        Promise("UR004", "another record under a taken id is refused, with its batch") { world in
            let run = try await world.run()
            let record = UsageRecord(runID: run.runID, cost: try dollars("0.3"))
            try await world.usage().record(record)
            var other = record
            other.cost = try dollars("0.4")
            let changed = other
            try await refused(
                .alreadyExists(table: "usage_records", key: record.id.uuidString.lowercased()), "the batch"
            ) { _ = try await world.usage().record([UsageRecord(runID: run.runID), changed]) }
            try equal(await world.usage().totals().count, 1, "records")
        },
        Promise("UR005", "the same record sent by many at once is billed once") { world in
            let run = try await world.run()
            let record = UsageRecord(runID: run.runID, cost: try dollars("0.25"))
            let counts = try await world.atOnce(8) { _ in try await world.usage().record([record]) }
            try equal(counts.reduce(0, +), 1, "records that were added")
            try equal(await world.usage().totals().cost, dollars("0.25"), "the cost")
        },
        Promise("UR006", "a record may belong to no run") { world in
            try require(await world.usage().record(UsageRecord(runID: nil)), "it was recorded")
        },
    ]

    private static let summing: [Promise] = [
        Promise("UR020", "sums are exact to the sixth decimal place") { world in
            let run = try await world.run()
            for cost in ["0.1", "0.2", "0.000001", "1234.567891"] {
                try await world.usage().record(UsageRecord(runID: run.runID, cost: try dollars(cost)))
            }
            try equal(await world.usage().totals().cost, dollars("1234.867892"), "the cost")
        },
        Promise("UR021", "nothing costs nothing") { world in
            try equal(await world.usage().totals(), UsageTotals(), "the totals")
            try equal(await world.usage().sumCostSince(.distantPast), .zero, "the cost")
        },
        Promise("UR022", "a window includes its beginning and excludes its end") { world in
            let run = try await world.run()
            for cost in ["0.25", "0.75", "0.5"] {
                try await world.usage().record(UsageRecord(runID: run.runID, cost: try dollars(cost)))
            }
            let second = try present(await world.usage().listUsage()[1].createdAt, "the second record's time")
            try equal(await world.usage().sumCostSince(second), dollars("1.25"), "since the second")
            try equal(
                await world.usage().totals(UsageFilter(until: second)).cost, dollars("0.25"),
                "until the second")
        },
        Promise("UR023", "sums by run are dearest first") { world in
            let (one, two) = (try await world.run(), try await world.run())
            try await world.usage().record([
                UsageRecord(runID: one.runID, inputTokens: 11, cost: try dollars("0.1")),
                UsageRecord(runID: two.runID, cost: try dollars("0.5")),
                UsageRecord(runID: one.runID, cost: try dollars("0.2")),
            ])
            let groups = try await world.usage().totals(by: .run)
            try equal(
                groups.map(\.key), [two, one].map { $0.runID.uuidString.lowercased() }, "the runs")
            try equal(
                groups.last?.totals, UsageTotals(count: 2, inputTokens: 11, cost: dollars("0.3")),
                "the second run's totals")
        },
        Promise("UR024", "sums by model add the parts of all records") { world in
            let run = try await world.run()
            let large = UsageBreakdown(inputTokens: 10, outputTokens: 1, costUSD: 0.1, calls: 2)
            for _ in 0..<2 {
                try await world.usage().record(
                    UsageRecord(runID: run.runID, modelBreakdown: ["large": large]))
            }
            let groups = try await world.usage().totals(by: .model)
            try equal(
                groups.first?.totals,
                UsageTotals(count: 4, inputTokens: 20, outputTokens: 2, cost: dollars("0.2")), "the totals")
        },
        Promise("UR025", "groups are no more than the limit, and a negative limit is refused") { world in
            for _ in 0..<3 {
                try await world.usage().record(UsageRecord(runID: try await world.run().runID))
            }
            try equal(await world.usage().totals(by: .run, UsageFilter(), limit: 2).count, 2, "groups")
            try equal(await world.usage().totals(by: .run, UsageFilter(), limit: 0).count, 0, "no groups")
            try await refused(.invalidArgument(name: "limit"), "a negative limit") {
                _ = try await world.usage().totals(by: .run, UsageFilter(), limit: -1)
            }
        },
        Promise("UR026", "records are filtered by run") { world in
            let (one, two) = (try await world.run(), try await world.run())
            try await world.usage().record([
                UsageRecord(runID: one.runID), UsageRecord(runID: two.runID), UsageRecord(runID: nil),
            ])
            try equal(
                await world.usage().listUsage(.first, filter: UsageFilter(runID: one.runID)).map(\.runID),
                [one.runID], "the records")
            try equal(await world.usage().totals(UsageFilter(runID: two.runID)).count, 1, "records")
        },
    ]

    private static let refusing: [Promise] = [
        Promise("UR040", "costs that no column holds are refused before anything is stored") { world in
            for cost in [Double.nan, .infinity, -0.01, 10_000] {
                try await refused(.invalidArgument(name: "cost_usd"), "\(cost)") {
                    _ = try UsageRecord(runID: nil, costUSD: cost)
                }
            }
            let bound = UsageRecord(runID: nil, cost: UsageRecord.costBound)
            try await refused(.invalidArgument(name: "cost_usd"), "the bound") {
                _ = try await world.usage().record(bound)
            }
            try require(
                await world.usage().record(UsageRecord(runID: nil, cost: try dollars("9999.999999"))),
                "the greatest cost is recorded")
        },
        Promise("UR041", "tokens out of their bounds are refused by name") { world in
            try await refused(.invalidArgument(name: "input_tokens"), "too many") {
                _ = try await world.usage().record(UsageRecord(runID: nil, inputTokens: 2_147_483_648))
            }
            try await refused(.invalidArgument(name: "output_tokens"), "negative") {
                _ = try await world.usage().record(UsageRecord(runID: nil, outputTokens: -1))
            }
            try equal(await world.usage().totals().count, 0, "records")
        },
        Promise("UR042", "an unknown run or graph is refused by name") { world in
            let unknown = UUID()
            try await refused(.missingRunRecord(runID: unknown, table: "usage_records"), "the run") {
                _ = try await world.usage().record(UsageRecord(runID: unknown))
            }
            try await refused(.missingGraph(graphID: unknown), "the graph") {
                _ = try await world.usage().record(UsageRecord(runID: nil, graphID: unknown))
            }
        },
        Promise("UR043", "an empty batch of records is accepted") { world in
            try equal(await world.usage().record([UsageRecord]()), 0, "records")
        },
    ]

    private static let tenants: [Promise] = [
        Promise("UR050", "sums of tenants stay apart", needs: [.tenants]) { world in
            let (owner, stranger) = try world.tenants()
            try await world.usage(owner).record(UsageRecord(runID: nil, cost: try dollars("0.3")))
            try await world.usage(stranger).record(UsageRecord(runID: nil, cost: try dollars("0.9")))
            try equal(await world.usage(owner).totals().cost, dollars("0.3"), "the owner's cost")
            try equal(await world.usage(stranger).totals().cost, dollars("0.9"), "the stranger's cost")
            try equal(await world.usage().totals().count, 0, "the seed tenant's records")
        },
        Promise("UR051", "usage of another tenant's run is a conflict", needs: [.tenants]) { world in
            let (owner, stranger) = try world.tenants()
            let run = try await world.run(tenant: owner)
            try await refused(
                .tenantConflict(table: "workflow_runs", id: run.runID.uuidString.lowercased()), "the record"
            ) { _ = try await world.usage(stranger).record(UsageRecord(runID: run.runID)) }
        },
    ]
}
