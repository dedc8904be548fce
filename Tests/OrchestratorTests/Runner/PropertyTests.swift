import FoundationEssentials
import JSONModel
import Orchestrator
import StoreContracts
import Testing

/// Random graphs with random results and random crashes.
@Suite(.timeLimit(.minutes(2))) struct PropertyTests {
    private func start(_ world: RunnerWorld) -> WorkflowState {
        world.state {
            $0.maxIterations = 15
            $0.budgetUSD = 12
            $0.memory = ["sum": 1]
        }
    }

    /// Executes the run to its end; with crashes, by as many runners as it takes.
    ///
    /// Returns how many crashes happened.
    private func finish(
        _ world: RunnerWorld, crashes: [(Int, CrashingRunStore.Point)]
    ) async throws -> Int {
        var happened = 0
        for (commit, point) in crashes {
            let store = CrashingRunStore(world.runStore, at: commit, point)
            _ = try? await world.runner(start(world), store: store) { $0.retainedSnapshots = nil }
                .runOutcome()
            if store.hasCrashed { happened += 1 }
        }
        _ = try await world.runner(start(world)) { $0.retainedSnapshots = nil }.runOutcome()
        return happened
    }

    private func checkEveryVersion(_ world: RunnerWorld, seed: UInt64) async throws {
        let events = try await world.events()
        #expect(events.map(\.sequenceID) == Array(0..<events.count), "seed \(seed)")
        let last = try #require(
            await world.provider.loadWorkflowStateHistory(
                runID: world.runID, page: Page(limit: 1000)
            ).last)
        for version in 1...last.version {
            let json = try #require(
                await world.provider.loadWorkflowStateAtVersion(runID: world.runID, version: version))
            let state = try WorkflowState(json: json)
            let mark = try #require(state.lastEventSequenceID)
            #expect(
                try replay(Array(events.prefix(mark + 1)), graphID: world.graph.id) == state, "seed \(seed)")
        }
    }

    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func `crashes change nothing in the end, and every snapshot is the fold of its log`(
        batch: UInt64
    ) async throws {
        var crashed = 0
        var statuses: Set<WorkflowStatus> = []
        for seed in (batch * 1000)..<(batch * 1000 + 12) {
            var numbers = SeededNumbers(seed: seed &* 31)
            let calm = try await RunnerWorld.random(seed: seed)
            _ = try await finish(calm, crashes: [])
            let expected = Fingerprint(try #require(await calm.snapshot()))
            #expect(expected.status.isTerminal, "seed \(seed)")
            let world = try await RunnerWorld.random(seed: seed)
            let crashes = (0..<3).map { _ in
                (
                    Int.random(in: 1...8, using: &numbers),
                    Bool.random(using: &numbers) ? CrashingRunStore.Point.before : .after
                )
            }
            crashed += try await finish(world, crashes: crashes)
            statuses.insert(expected.status)
            #expect(Fingerprint(try #require(await world.snapshot())) == expected, "seed \(seed)")
            try await checkEveryVersion(world, seed: seed)
        }
        #expect(crashed >= 12)
        #expect(statuses == [.completed, .failed])
    }
}
