import Foundation
import JSONModel
import Orchestrator
import PostgresWire
import StoreContracts
import TestSupport
import Testing

@Suite struct EventLogIntegrationTests {
    @Test(arguments: Backend.Kind.allCases)
    func `events come back in order with their payloads`(_ kind: Backend.Kind) async throws {
        try await kind.run { backend async throws in
            let run = try await backend.run().runID
            let log = try backend.log()
            let payload: JSONValue = ["number": 1.50, "nested": [nil, ["_dispatched_at": "2026-01-01"]]]
            var second = Sample.event(run, 1, .actionDispatched)
            second.action = ["type": "update_memory", "payload": ["updates": ["a": 12_345_678_901]]]
            let events = [
                Sample.dispatch(run, 0, payload), second,
                Sample.event(run, 2, WorkflowEventType(rawValue: "future")),
            ]
            try await log.append(events.reversed())
            let loaded = try await log.loadEvents(runID: run)
            #expect(loaded.map(\.appended) == events)
            #expect(loaded.map(\.tenantID) == [.seed, .seed, .seed])
            #expect(try await log.loadEventsAfter(runID: run, sequenceID: 1).map(\.sequenceID) == [2])
            #expect(try await log.loadEvents(runID: run, after: -1, limit: 2).map(\.sequenceID) == [0, 1])
            #expect(try await log.loadEvents(runID: UUID()).isEmpty)
            #expect(try await backend.provider.loadEvents(runID: run).map(\.id) == events.map(\.id))
            #expect(try await log.getLatestSequenceID(runID: run) == 2)
            #expect(try await log.getLatestSequenceID(runID: UUID()) == -1)
        }
    }

    @Test(arguments: Backend.Kind.allCases)
    func `the same event again is accepted, another one in its place is not`(_ kind: Backend.Kind)
        async throws
    {
        try await kind.run { backend async throws in
            let run = try await backend.run().runID
            let log = try backend.log()
            let events = [Sample.dispatch(run, 0, ["a": 1]), Sample.dispatch(run, 1, ["a": 2])]
            try await log.append(events)
            try await log.append(events)
            try await log.append([events[1], Sample.event(run, 2), Sample.event(run, 3)])
            #expect(try await log.loadEvents(runID: run).map(\.sequenceID) == [0, 1, 2, 3])
            var changed = events[0]
            changed.internalPayload = ["a": 3]
            let conflict = StoreErrorCode.eventSequenceConflict(runID: run, sequenceID: 0)
            #expect(await code { try await log.append([changed]) } == conflict)
            #expect(
                await code { try await log.append([Sample.event(run, 4), Sample.event(run, 0)]) } == conflict)
            var moved = events[0]
            moved.sequenceID = 9
            #expect(
                await code { try await log.append([moved]) }
                    == .eventSequenceConflict(runID: run, sequenceID: 9))
            #expect(
                await code { try await log.append([Sample.event(run, -1)]) }
                    == .invalidArgument(name: "sequence_id"))
            let stored = try await log.loadEvents(runID: run)
            #expect(stored.map(\.sequenceID) == [0, 1, 2, 3])
            #expect(stored[0].internalPayload == ["a": 1])
        }
    }

    @Test(arguments: Backend.Kind.allCases)
    func `a hundred appends at once all land`(_ kind: Backend.Kind) async throws {
        try await kind.run { backend async throws in
            let run = try await backend.run().runID
            let log = try backend.log()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for sequence in 0..<100 {
                    group.addTask { try await log.append(Sample.event(run, sequence)) }
                }
                try await group.waitForAll()
            }
            #expect(try await log.loadEvents(runID: run).map(\.sequenceID) == Array(0..<100))
        }
    }

    @Test(arguments: Backend.Kind.allCases)
    func `an append to an unknown run names it`(_ kind: Backend.Kind) async throws {
        try await kind.run { backend async throws in
            let known = try await backend.run().runID
            let unknown = UUID()
            let log = try backend.log()
            #expect(
                await code { try await log.append([Sample.event(known, 0), Sample.event(unknown, 0)]) }
                    == .missingRunRecord(runID: unknown, table: "workflow_events"))
            #expect(try await log.loadEvents(runID: known).isEmpty)
        }
    }

    @Test(arguments: Backend.Kind.allCases)
    func `only the newest checkpoints stay, and one at a time for each place`(_ kind: Backend.Kind)
        async throws
    {
        try await kind.run { backend async throws in
            var state = try await backend.run(status: .running)
            let log = try backend.events(.seed, nil, 2)
            #expect(try await log.loadCheckpoint(runID: state.runID) == nil)
            for sequence in [3, 7, 5] {
                state.goal = "at \(sequence)"
                try await log.checkpoint(runID: state.runID, sequenceID: sequence, state: state)
            }
            state.goal = "at 7 again"
            try await log.checkpoint(runID: state.runID, sequenceID: 7, state: state)
            let newest = try #require(await log.loadCheckpoint(runID: state.runID))
            #expect(newest.sequenceID == 7)
            #expect(newest.state.goal == "at 7 again")
            #expect(try await log.getLatestSequenceID(runID: state.runID) == 7)
            if let client = backend.database?.client {
                let rows = try await client.collect(
                    "SELECT sequence_id FROM workflow_checkpoints ORDER BY sequence_id", as: Int.self)
                #expect(rows == [5, 7])
            }
            #expect(throws: StoreError.self) { try backend.events(.seed, nil, 0) }
        }
    }

    @Test(arguments: Backend.Kind.allCases)
    func `compaction stops at the newest checkpoint`(_ kind: Backend.Kind) async throws {
        try await kind.run { backend async throws in
            let state = try await backend.run(status: .running)
            let run = state.runID
            let log = try backend.log()
            try await log.append((0..<5).map { Sample.event(run, $0) })
            #expect(
                await code { _ = try await log.compact(runID: run, through: 2) }
                    == .compactionBeyondCheckpoint(runID: run, through: 2, checkpoint: nil))
            try await log.checkpoint(runID: run, sequenceID: 2, state: state)
            #expect(
                await code { _ = try await log.compact(runID: run, through: 3) }
                    == .compactionBeyondCheckpoint(runID: run, through: 3, checkpoint: 2))
            #expect(try await log.compact(runID: run, through: 2) == 3)
            #expect(try await log.compact(runID: run, through: 2) == 0)
            #expect(try await log.loadEvents(runID: run).map(\.sequenceID) == [3, 4])
            #expect(try await log.checkpointAndCompact(runID: run, sequenceID: 4, state: state) == 2)
            #expect(try await log.getLatestSequenceID(runID: run) == 4)
            #expect(try await log.compact(runID: UUID(), through: 9) == 0)
        }
    }

    @Test(arguments: Backend.Kind.allCases)
    func `the snapshot's mark counts for the latest known sequence`(_ kind: Backend.Kind) async throws {
        try await kind.run { backend async throws in
            var state = try await backend.run(status: .running)
            let log = try backend.log()
            #expect(try await log.latestKnownSequence(runID: state.runID) == -1)
            state.lastEventSequenceID = 11
            _ = try await backend.provider.saveWorkflowState(state)
            #expect(try await log.latestKnownSequence(runID: state.runID) == 11)
            #expect(try await log.getLatestSequenceID(runID: state.runID) == -1)
        }
    }
}
