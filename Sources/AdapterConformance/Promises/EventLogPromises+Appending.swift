import FoundationEssentials
import JSONModel
import Orchestrator
import StoreContracts

extension EventLogPromises {
    static let appending: [Promise] = [
        Promise("EL001", "appended events come back with everything that was given") { world in
            let run = try await world.run().runID
            var action = world.event(run, 1, .actionDispatched)
            action.action = ["type": "update_memory", "payload": ["updates": ["a": 12_345_678_901]]]
            let events = [
                world.dispatch(run, 0, ["number": 1.5, "nested": [nil, ["_dispatched_at": "2026-01-01"]]]),
                action,
            ]
            try await world.log().append(events)
            let loaded = try await world.log().loadEvents(runID: run)
            try equal(loaded.map(\.appended), events, "the events")
            try equal(loaded.map(\.tenantID), [.seed, .seed], "the tenants")
        },
        Promise("EL002", "each of the nine event types, and one of a newer engine, can be appended") {
            world in
            let run = try await world.run().runID
            let types: [WorkflowEventType] = [
                .workflowStarted, .nodeStarted, .actionDispatched, .internalDispatched, .statePersisted,
                .childWorkflowStarted, .childNodeStarted, .childActionDispatched, .childInternalDispatched,
                WorkflowEventType(rawValue: "of_the_future"),
            ]
            try await world.log().append(types.enumerated().map { world.event(run, $0.offset, $0.element) })
            try equal(await world.log().loadEvents(runID: run).map(\.eventType), types, "the types")
        },
        Promise("EL003", "what is left out comes back as nothing") { world in
            let run = try await world.run().runID
            try await world.log().append(
                NewWorkflowEvent(id: world.id(), runID: run, sequenceID: 0, eventType: .nodeStarted))
            let event = try present(await world.log().loadEvents(runID: run).first, "the event")
            try equal(event.nodeID, nil, "the node")
            try equal(event.action, nil, "the action")
            try equal(event.internalType, nil, "the internal type")
            try equal(event.internalPayload, nil, "the payload")
        },
        Promise("EL004", "a batch is appended with one call, in any order") { world in
            let run = try await world.run().runID
            try await world.log().append(world.events(run, 0..<50).shuffled())
            try equal(
                await world.log().loadEvents(runID: run).map(\.sequenceID), Array(0..<50), "the sequences")
        },
        Promise("EL005", "a batch may hold events of several runs") { world in
            let (first, second) = (try await world.run().runID, try await world.run().runID)
            try await world.log().append(world.events(first, 0..<2) + world.events(second, 0..<3))
            try equal(await world.log().loadEvents(runID: first).count, 2, "events of the first")
            try equal(await world.log().loadEvents(runID: second).count, 3, "events of the second")
        },
        Promise("EL006", "an empty batch is accepted and does nothing") { world in
            let run = try await world.run().runID
            try await world.log().append([NewWorkflowEvent]())
            try equal(await world.log().getLatestSequenceID(runID: run), -1, "the latest sequence")
        },
        Promise("EL007", "appending the same event again succeeds and adds nothing") { world in
            let run = try await world.run().runID
            let events = [world.dispatch(run, 0, ["a": 1]), world.dispatch(run, 1, ["a": 2])]
            for _ in 0..<3 { try await world.log().append(events) }
            try equal(await world.log().loadEvents(runID: run).map(\.appended), events, "the events")
        },
        Promise("EL008", "a batch of stored and new events adds the new ones") { world in
            let run = try await world.run().runID
            let events = world.events(run, 0..<4)
            try await world.log().append(Array(events[1...2]))
            try await world.log().append(events)
            try equal(await world.log().loadEvents(runID: run).map(\.appended), events, "the events")
        },
        Promise("EL009", "another event at a taken place is a conflict that names the place") { world in
            let run = try await world.run().runID
            let first = world.dispatch(run, 0, ["a": 1])
            try await world.log().append(first)
            try await refused(.eventSequenceConflict(runID: run, sequenceID: 0), "another event") {
                try await world.log().append(world.dispatch(run, 0, ["a": 1]))
            }
            try equal(await world.log().loadEvents(runID: run).map(\.appended), [first], "the events")
        },
        Promise("EL010", "the same id with another content is a conflict") { world in
            let run = try await world.run().runID
            var event = world.dispatch(run, 0, ["a": 1])
            try await world.log().append(event)
            event.internalPayload = ["a": 2]
            let changed = event
            try await refused(.eventSequenceConflict(runID: run, sequenceID: 0), "the changed event") {
                try await world.log().append(changed)
            }
            try equal(
                await world.log().loadEvents(runID: run).first?.internalPayload, ["a": 1], "the payload")
        },
        Promise("EL011", "the same id at another place is a conflict") { world in
            let run = try await world.run().runID
            var event = world.event(run, 0)
            try await world.log().append(event)
            event.sequenceID = 9
            let moved = event
            try await refused(.eventSequenceConflict(runID: run, sequenceID: 9), "the moved event") {
                try await world.log().append(moved)
            }
        },
        Promise("EL012", "a batch with one conflict appends nothing") { world in
            let run = try await world.run().runID
            try await world.log().append(world.event(run, 0))
            try await refused(.eventSequenceConflict(runID: run, sequenceID: 0), "the batch") {
                try await world.log().append([world.event(run, 5), world.event(run, 0), world.event(run, 6)])
            }
            try equal(await world.log().loadEvents(runID: run).map(\.sequenceID), [0], "the sequences")
        },
        Promise("EL013", "two different events at one place of one batch are a conflict") { world in
            let run = try await world.run().runID
            try await refused(.eventSequenceConflict(runID: run, sequenceID: 3), "the batch") {
                try await world.log().append([world.event(run, 3), world.event(run, 3)])
            }
            try equal(await world.log().loadEvents(runID: run).count, 0, "events")
        },
        Promise("EL014", "an event of an unknown run is refused by name, with its batch") { world in
            let known = try await world.run().runID
            let unknown = UUID()
            try await refused(.missingRunRecord(runID: unknown, table: "workflow_events"), "the batch") {
                try await world.log().append([world.event(known, 0), world.event(unknown, 0)])
            }
            try equal(await world.log().loadEvents(runID: known).count, 0, "events of the known run")
        },
        Promise("EL015", "a negative sequence is refused") { world in
            let run = try await world.run().runID
            try await refused(.invalidArgument(name: "sequence_id"), "the event") {
                try await world.log().append(world.event(run, -1))
            }
        },
        Promise("EL016", "a hundred appends at once all land") { world in
            let run = try await world.run().runID
            let log = try world.log()
            _ = try await world.atOnce(100) { try await log.append(world.event(run, $0)) }
            try equal(await log.loadEvents(runID: run).map(\.sequenceID), Array(0..<100), "the sequences")
        },
        Promise("EL017", "of two writers at once to one place, one lands and the other is told") { world in
            let run = try await world.run().runID
            let log = try world.log()
            for sequence in 0..<10 {
                let landed = try await world.atOnce(4) { _ in
                    do {
                        try await log.append(world.event(run, sequence))
                        return true
                    } catch let error as StoreError {
                        try equal(
                            error.code, .eventSequenceConflict(runID: run, sequenceID: sequence), "the error")
                        return false
                    }
                }
                try equal(landed.count { $0 }, 1, "appends that landed at \(sequence)")
            }
        },
        Promise("EL018", "U+0000 in a payload neither fails the call nor stops a retry") { world in
            let run = try await world.run().runID
            let event = world.dispatch(run, 0, ["a\0": "b\0", "rest": "kept"])
            try await world.log().append(event)
            try await world.log().append(event)
            try equal(
                await world.log().loadEvents(runID: run).first?.internalPayload,
                ["a\u{FFFD}": "b\u{FFFD}", "rest": "kept"], "the payload")
        },
        Promise("EL019", "a payload of one megabyte comes back equal") { world in
            let run = try await world.run().runID
            let event = world.dispatch(
                run, 0, ["big": .string(String(repeating: "0123456789abcdef", count: 65_536))])
            try await world.log().append(event)
            try equal(
                await world.log().loadEvents(runID: run).first?.appended == event, true, "the event is equal")
        },
    ]
}
