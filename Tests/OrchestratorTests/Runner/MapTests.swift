import FoundationEssentials
import JSONModel
import Locking
import Orchestrator
import StoreContracts
import Testing

@Suite struct MapTests {
    private func world(_ config: MapConfig, tool: Bool = false) async throws -> RunnerWorld {
        let worker: GraphNode = tool ? .tool("w", toolID: "w") : .agent("w", agentID: "w")
        var map = GraphNode.map("m", config)
        map.failurePolicy = .once
        let graph = WorkflowGraph(
            name: "map", nodes: [map, worker], edges: [], startNode: "m", endNodes: ["m"])
        return try await RunnerWorld(graph)
    }

    @Test func `items come back in order with their errors apart`() async throws {
        let world = try await world(MapConfig(workerNodeID: "w", staticItems: [10, 11, 12]))
        world.on("w") { context in
            let item = try #require(context.mapItem)
            if item.index == 1 { throw SampleFailure() }
            return .updates(["v": item.value], usage: NodeUsage(inputTokens: 2))
        }
        let memory = try await world.runner().run().memory
        #expect(
            memory["m_results"] == [
                ["index": 0, "node_id": "w", "updates": ["v": 10]],
                ["index": 2, "node_id": "w", "updates": ["v": 12]],
            ])
        #expect(memory["m_errors"]?[0]?["index"] == 1)
        #expect(memory["m_count"] == 2)
        #expect(memory["m_error_count"] == 1)
        #expect(try await world.snapshot()?.totalTokensUsed == 4)
        #expect(try await world.isConsistent())
    }

    @Test func `no more than the limit run at a time`() async throws {
        let world = try await world(
            MapConfig(workerNodeID: "w", staticItems: Array(repeating: 1, count: 20), maxConcurrency: 3))
        let counts = Lock((now: 0, most: 0))
        world.on("w") { _ in
            counts.withLock { counts in
                counts.now += 1
                counts.most = max(counts.most, counts.now)
            }
            for _ in 0..<10 { await Task.yield() }
            counts.withLock { $0.now -= 1 }
            return .updates([:])
        }
        #expect(try await world.runner().run().memory["m_count"] == 20)
        #expect(counts.withLock { $0.most } <= 3)
    }

    @Test func `an empty list gives empty results`() async throws {
        let world = try await world(MapConfig(workerNodeID: "w", itemsPath: "$.memory.items"))
        world.on("w") { _ in .updates([:]) }
        let memory = try await world.runner(world.state { $0.memory = ["items": []] }).run().memory
        #expect(memory == ["items": [], "m_results": [], "m_errors": [], "m_count": 0, "m_error_count": 0])
    }

    @Test func `failing fast fails the node with the first error`() async throws {
        let world = try await world(
            MapConfig(
                workerNodeID: "w", staticItems: [0, 1, 2, 3], errorStrategy: .failFast, maxConcurrency: 1))
        world.on("w") { context in
            if context.mapItem?.index == 1 { throw SampleFailure() }
            return .updates([:])
        }
        await #expect(throws: SampleFailure.self) { _ = try await world.runner().run() }
        #expect(world.count("w") == 2)
    }

    @Test(arguments: [
        MapConfig(workerNodeID: "w", itemsPath: "$.memory.absent"),
        MapConfig(workerNodeID: "w", itemsPath: "memory"),
        MapConfig(workerNodeID: "w", staticItems: [1, 2, 3], maxItems: 2),
    ])
    func `a configuration that cannot run fails the run`(config: MapConfig) async throws {
        let world = try await world(config)
        world.on("w") { _ in .updates([:]) }
        let error = await #expect(throws: WorkflowError.self) { _ = try await world.runner().run() }
        switch error {
        case .nodeConfig, .graphInvalid: break
        default: Issue.record("\(String(describing: error))")
        }
        #expect(world.count("w") == 0)
    }

    @Test func `a tool sees its item over the memory, and each item has a key of its own`() async throws {
        let world = try await world(
            MapConfig(workerNodeID: "w", staticItems: ["x", "y"], maxConcurrency: 1), tool: true)
        world.on("w") { context in
            .result([
                "item": context.view.memory["map_item"] ?? .null, "key": .string(context.stepKey),
            ])
        }
        let memory = try await world.runner(world.state { $0.memory = ["map_item": "shadowed"] }).run().memory
        let second = memory["m_results"]?[1]?["updates"]?["w_result"]
        #expect(second?["item"] == "y")
        #expect(second?["key"] == .string("\(world.runID.text):m:0/1"))
    }
}
