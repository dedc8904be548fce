import FoundationEssentials
import JSONModel
import Orchestrator
import StoreContracts

extension EventLogPromises {
    static let checkpoints: [Promise] = [
        Promise("EL040", "a log that would keep no checkpoint cannot be made, one that keeps one can") {
            world in
            try await refused(.invalidArgument(name: "retain_checkpoints"), "keeping none") {
                _ = try world.log(retaining: 0)
            }
            _ = try world.log(retaining: 1)
        },
        Promise("EL041", "a run without a checkpoint has none") { world in
            let run = try await world.run().runID
            try require(await world.log().loadCheckpoint(runID: run) == nil, "there is no checkpoint")
            try require(await world.log().loadCheckpoint(runID: UUID()) == nil, "there is no run")
        },
        Promise("EL042", "a checkpoint comes back with its sequence and its whole state") { world in
            var state = try await world.run()
            state.memory = ["deep": ["a": [nil, -0.5, "żółć"]]]
            state.additionalFields = ["x_future": true]
            try await world.log().checkpoint(runID: state.runID, sequenceID: 5, state: state)
            let checkpoint = try present(
                await world.log().loadCheckpoint(runID: state.runID), "the checkpoint")
            try equal(checkpoint.sequenceID, 5, "the sequence")
            try equal(checkpoint.state, state, "the state")
            try equal(checkpoint.runID, state.runID, "the run")
        },
        Promise("EL043", "the checkpoint with the greatest sequence is loaded, not the last written") {
            world in
            var state = try await world.run()
            for sequence in [3, 7, 5] {
                state.goal = "at \(sequence)"
                try await world.log().checkpoint(runID: state.runID, sequenceID: sequence, state: state)
            }
            try equal(
                await world.log().loadCheckpoint(runID: state.runID)?.state.goal, "at 7", "the checkpoint")
        },
        Promise("EL044", "a checkpoint at the same sequence replaces the one before") { world in
            var state = try await world.run()
            for goal in ["first", "second"] {
                state.goal = goal
                try await world.log().checkpoint(runID: state.runID, sequenceID: 4, state: state)
            }
            try equal(
                await world.log().loadCheckpoint(runID: state.runID)?.state.goal, "second", "the checkpoint")
        },
        Promise("EL045", "a checkpoint of an unknown run is refused by name") { world in
            let graph = try await world.storedGraph()
            let state = WorkflowState(workflowID: graph.id)
            try await refused(
                .missingRunRecord(runID: state.runID, table: "workflow_checkpoints"), "the checkpoint"
            ) {
                try await world.log().checkpoint(runID: state.runID, sequenceID: 0, state: state)
            }
        },
        Promise("EL046", "the latest sequence counts checkpoints") { world in
            let state = try await world.run()
            try await world.log().checkpoint(runID: state.runID, sequenceID: 9, state: state)
            try equal(await world.log().getLatestSequenceID(runID: state.runID), 9, "the latest sequence")
            try equal(await world.log().latestKnownSequence(runID: state.runID), 9, "the latest known one")
        },
        Promise("EL047", "pruning checkpoints of one run leaves those of another") { world in
            let (first, second) = (try await world.run(), try await world.run())
            let log = try world.log(retaining: 1)
            try await log.checkpoint(runID: first.runID, sequenceID: 1, state: first)
            for sequence in 2...4 {
                try await log.checkpoint(runID: second.runID, sequenceID: sequence, state: second)
            }
            try equal(await log.loadCheckpoint(runID: first.runID)?.sequenceID, 1, "of the first run")
            try equal(await log.loadCheckpoint(runID: second.runID)?.sequenceID, 4, "of the second run")
        },
        Promise("EL048", "what the caller does to its state after a checkpoint does not reach the store") {
            world in
            var state = try await world.run()
            state.memory = ["key": "before"]
            try await world.log().checkpoint(runID: state.runID, sequenceID: 1, state: state)
            state.memory["key"] = "after"
            try equal(
                await world.log().loadCheckpoint(runID: state.runID)?.state.memory["key"], "before",
                "the memory")
        },
    ]

    static let compaction: [Promise] = [
        Promise("EL060", "compaction deletes the events up to the sequence, and says how many") { world in
            let state = try await world.run()
            let log = try world.log()
            try await log.append(world.events(state.runID, 0..<5))
            try await log.checkpoint(runID: state.runID, sequenceID: 4, state: state)
            try equal(await log.compact(runID: state.runID, through: 2), 3, "deleted events")
            try equal(await log.loadEvents(runID: state.runID).map(\.sequenceID), [3, 4], "what is left")
        },
        Promise("EL061", "compacting again deletes nothing") { world in
            let state = try await world.run()
            let log = try world.log()
            try await log.append(world.events(state.runID, 0..<3))
            try await log.checkpoint(runID: state.runID, sequenceID: 2, state: state)
            _ = try await log.compact(runID: state.runID, through: 1)
            try equal(await log.compact(runID: state.runID, through: 1), 0, "deleted events")
            try equal(await log.compact(runID: UUID(), through: 9), 0, "events of an unknown run")
        },
        Promise("EL062", "events beyond the newest checkpoint are never deleted") { world in
            let state = try await world.run()
            let log = try world.log()
            try await log.append(world.events(state.runID, 0..<5))
            try await refused(
                .compactionBeyondCheckpoint(runID: state.runID, through: 2, checkpoint: nil),
                "compaction without a checkpoint"
            ) { _ = try await log.compact(runID: state.runID, through: 2) }
            try await log.checkpoint(runID: state.runID, sequenceID: 2, state: state)
            try await refused(
                .compactionBeyondCheckpoint(runID: state.runID, through: 3, checkpoint: 2),
                "compaction beyond the checkpoint"
            ) { _ = try await log.compact(runID: state.runID, through: 3) }
            try equal(await log.loadEvents(runID: state.runID).count, 5, "events")
        },
        Promise("EL063", "after a full compaction the next sequence is above the checkpoint") { world in
            let state = try await world.run()
            let log = try world.log()
            try await log.append(world.events(state.runID, 0..<3))
            try equal(
                await log.checkpointAndCompact(runID: state.runID, sequenceID: 2, state: state), 3,
                "deleted events")
            try equal(await log.getLatestSequenceID(runID: state.runID), 2, "the latest sequence")
            try equal(await log.loadCheckpoint(runID: state.runID)?.sequenceID, 2, "the anchor")
            try await log.append(world.event(state.runID, 3))
            try equal(await log.loadEvents(runID: state.runID).map(\.sequenceID), [3], "what is left")
        },
        Promise("EL064", "checkpoint and compaction leave later events and other runs") { world in
            let (state, other) = (try await world.run(), try await world.run())
            let log = try world.log()
            try await log.append(world.events(state.runID, 0..<5) + world.events(other.runID, 0..<5))
            try equal(
                await log.checkpointAndCompact(runID: state.runID, sequenceID: 1, state: state), 2,
                "deleted events")
            try equal(await log.loadEvents(runID: state.runID).map(\.sequenceID), [2, 3, 4], "what is left")
            try equal(await log.loadEvents(runID: other.runID).count, 5, "events of the other run")
        },
        Promise("EL065", "a refused checkpoint with compaction deletes nothing") { world in
            let state = try await world.run()
            try await world.log().append(world.events(state.runID, 0..<2))
            var stray = state
            stray.runID = UUID()
            let unknown = stray
            try await refused(
                .missingRunRecord(runID: unknown.runID, table: "workflow_checkpoints"), "the checkpoint"
            ) {
                _ = try await world.log().checkpointAndCompact(
                    runID: unknown.runID, sequenceID: 1, state: unknown)
            }
            try equal(await world.log().loadEvents(runID: state.runID).count, 2, "events")
        },
    ]
}
