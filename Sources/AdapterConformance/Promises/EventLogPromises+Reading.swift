import FoundationEssentials
import JSONModel
import Orchestrator
import StoreContracts

extension EventLogPromises {
    static let reading: [Promise] = [
        Promise("EL030", "events are loaded by sequence, whatever the order of appending") { world in
            let run = try await world.run().runID
            for sequence in [2, 0, 3, 1] { try await world.log().append(world.event(run, sequence)) }
            try equal(await world.log().loadEvents(runID: run).map(\.sequenceID), [0, 1, 2, 3], "the order")
        },
        Promise("EL031", "events after a sequence are strictly greater") { world in
            let run = try await world.run().runID
            try await world.log().append(world.events(run, 0..<5))
            let log = try world.log()
            try equal(
                await log.loadEventsAfter(runID: run, sequenceID: 2).map(\.sequenceID), [3, 4], "after 2")
            try equal(await log.loadEventsAfter(runID: run, sequenceID: 4).count, 0, "events past the end")
            try equal(await log.loadEventsAfter(runID: run, sequenceID: -1).count, 5, "events after -1")
        },
        Promise("EL032", "a limit takes the first events after the sequence") { world in
            let run = try await world.run().runID
            try await world.log().append(world.events(run, 0..<5))
            try equal(
                await world.log().loadEvents(runID: run, after: 0, limit: 2).map(\.sequenceID), [1, 2],
                "the events")
            try equal(await world.log().loadEvents(runID: run, after: 0, limit: 0).count, 0, "no events")
        },
        Promise("EL033", "an unknown run has no events") { world in
            try equal(await world.log().loadEvents(runID: UUID()).count, 0, "events")
        },
        Promise("EL034", "events of other runs do not mix") { world in
            let (first, second) = (try await world.run().runID, try await world.run().runID)
            try await world.log().append(world.events(first, 0..<2))
            try await world.log().append(world.events(second, 0..<3))
            try equal(Set(await world.log().loadEvents(runID: first).map(\.runID)), [first], "the runs")
        },
        Promise("EL035", "the latest sequence is -1 before the first event, then the greatest") { world in
            let run = try await world.run().runID
            let log = try world.log()
            try equal(await log.getLatestSequenceID(runID: run), -1, "of an empty log")
            try equal(await log.getLatestSequenceID(runID: UUID()), -1, "of an unknown run")
            try await log.append([world.event(run, 7), world.event(run, 3)])
            try equal(await log.getLatestSequenceID(runID: run), 7, "of a log")
        },
        Promise("EL036", "the latest known sequence counts the mark of the newest snapshot") { world in
            var state = try await world.run()
            let log = try world.log()
            try equal(await log.latestKnownSequence(runID: state.runID), -1, "of a fresh run")
            state.lastEventSequenceID = 11
            _ = try await world.persistence().saveWorkflowState(state)
            try equal(await log.latestKnownSequence(runID: state.runID), 11, "with a snapshot")
            try equal(await log.getLatestSequenceID(runID: state.runID), -1, "of events alone")
            try await log.append(world.event(state.runID, 12))
            try equal(await log.latestKnownSequence(runID: state.runID), 12, "with a later event")
        },
        Promise("EL037", "the instants of events do not go back") { world in
            let run = try await world.run().runID
            for sequence in 0..<3 { try await world.log().append(world.event(run, sequence)) }
            let instants = try await world.log().loadEvents(runID: run).map(\.createdAt)
            try equal(instants, instants.sorted(), "the instants")
        },
    ]
}
