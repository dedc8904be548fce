import FoundationEssentials
import JSONModel
import Orchestrator
import StoreContracts

extension PersistencePromises {
    static let graphs: [Promise] = [
        Promise("PP001", "a saved graph is loaded equal, unknown keys included") { world in
            let graph = try await world.storedGraph()
            try equal(await world.persistence().loadGraph(id: graph.id), graph, "the graph")
        },
        Promise("PP002", "an unknown graph loads as nothing") { world in
            try require(await world.persistence().loadGraph(id: UUID()) == nil, "there is no graph")
        },
        Promise("PP003", "saving a graph again replaces its name and definition") { world in
            var graph = try await world.storedGraph()
            graph.name = "renamed"
            graph.nodes.append(GraphNode(id: "second", type: .tool))
            try await world.persistence().saveGraph(graph)
            try equal(await world.persistence().loadGraph(id: graph.id), graph, "the graph")
            try equal(await world.persistence().listGraphs().count, 1, "the number of graphs")
        },
        Promise("PP004", "saving a graph again keeps its creation and version, and moves its update") {
            world in
            var graph = try await world.storedGraph()
            let first = try present(await world.persistence().listGraphs().first, "the row")
            graph.name = "renamed"
            try await world.persistence().saveGraph(graph)
            let second = try present(await world.persistence().listGraphs().first, "the row")
            try equal(second.createdAt, first.createdAt, "created_at")
            try equal(second.version, first.version, "the version")
            try require(second.updatedAt >= first.updatedAt, "updated_at moves forward")
        },
        Promise("PP005", "graphs are listed by their last update, newest first") { world in
            var ids: [UUID] = []
            for name in ["a", "b", "c"] { ids.append(try await world.storedGraph(name: name).id) }
            var first = try present(await world.persistence().loadGraph(id: ids[0]), "the first graph")
            first.name = "again"
            try await world.persistence().saveGraph(first)
            try equal(
                await world.persistence().listGraphs().map(\.id), [ids[0], ids[2], ids[1]], "the order")
        },
        Promise("PP006", "a page of graphs has no more than its limit, and starts after its offset") {
            world in
            var ids: [UUID] = []
            for name in ["a", "b", "c", "d", "e"] {
                ids.insert(try await world.storedGraph(name: name).id, at: 0)
            }
            let provider = try world.persistence()
            try equal(await provider.listGraphs(Page(limit: 2)).map(\.id), Array(ids[..<2]), "the first page")
            try equal(
                await provider.listGraphs(Page(limit: 2, offset: 2)).map(\.id), Array(ids[2..<4]),
                "the second page")
            try equal(await provider.listGraphs(Page(limit: 0)).map(\.id), [], "an empty page")
            try equal(
                await provider.listGraphs(Page(limit: 9, offset: 9)).map(\.id), [], "a page past the end")
        },
        Promise("PP007", "a page after a cursor goes on where the page before it ended") { world in
            var ids: [UUID] = []
            for name in ["a", "b", "c", "d", "e"] {
                ids.insert(try await world.storedGraph(name: name).id, at: 0)
            }
            let provider = try world.persistence()
            var seen: [UUID] = []
            var page = try await provider.listGraphs(Page(limit: 2))
            while let last = page.last, seen.count < 10 {
                seen += page.map(\.id)
                page = try await provider.listGraphs(Page(limit: 2, after: last.cursor))
            }
            try equal(seen, ids, "all pages")
        },
        Promise("PP008", "a graph without runs can be deleted, once") { world in
            let graph = try await world.storedGraph()
            try require(await world.persistence().deleteGraph(id: graph.id), "the first deletion says so")
            try require(await world.persistence().loadGraph(id: graph.id) == nil, "the graph is gone")
            try require(await !world.persistence().deleteGraph(id: graph.id), "the second finds nothing")
        },
        Promise("PP009", "deleting an unknown graph says that there is none") { world in
            try require(await !world.persistence().deleteGraph(id: UUID()), "nothing was deleted")
        },
        Promise("PP010", "a graph that runs refer to cannot be deleted, and stays") { world in
            let state = try await world.run()
            try await refused(.graphInUse(graphID: state.workflowID), "the deletion") {
                _ = try await world.persistence().deleteGraph(id: state.workflowID)
            }
            try require(await world.persistence().loadGraph(id: state.workflowID) != nil, "it is still there")
        },
        Promise("PP011", "the definition in a list is the one that was saved, and a missing summary is none")
        {
            world in
            var graph = world.graph()
            graph.summary = nil
            try await world.persistence().saveGraph(graph)
            let row = try present(await world.persistence().listGraphs().first, "the row")
            try equal(row.graphDescription, nil, "the description")
            try equal(row.definition["x_future"], ["deep": [1, 2.5, nil]], "an unknown key")
            try equal(row.name, "research", "the name")
            try equal(row.tenantID, .seed, "the tenant")
        },
        Promise("PP012", "inputs, outputs, strictness and unknown keys of nodes survive") { world in
            var graph = world.graph()
            graph.isTaintStrict = true
            graph.areKeysStrict = true
            graph.nodes[0].additionalFields = ["x_node": ["kept": [true, nil]]]
            graph.nodes[0].readKeys = ["*"]
            try await world.persistence().saveGraph(graph)
            try equal(await world.persistence().loadGraph(id: graph.id), graph, "the graph")
        },
        Promise("PP013", "what the caller does to its graph after saving does not reach the store") { world in
            var graph = try await world.storedGraph()
            let saved = graph
            graph.additionalFields["x_future"] = "changed"
            graph.nodes.removeAll()
            try equal(await world.persistence().loadGraph(id: graph.id), saved, "the graph")
        },
    ]
}
