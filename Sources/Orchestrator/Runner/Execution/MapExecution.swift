import FoundationEssentials
import JSONModel
import StoreContracts

/// One attempt of a map node: its items, each through the worker node's handler.
struct MapExecution: Sendable {
    let driver: NodeDriver

    private var node: GraphNode { driver.node }

    /// Executes all items that are not recorded yet and merges the results.
    ///
    /// - Throws: `nodeConfig` for a configuration that cannot run; with `fail_fast` the first failure of an item.
    func run(attempt: Int) async throws -> WorkflowAction {
        guard let config = node.mapConfig else { throw configError("map_reduce_config is missing") }
        guard let worker = driver.graph.node(config.workerNodeID),
            worker.type == .agent || worker.type == .tool,
            let handler = driver.handlers.handler(for: worker)
        else { throw configError("worker_node_id names no agent or tool with a handler") }
        let view = driver.view(of: node)
        let items = try items(config, view: view)
        let recorded = await driver.children?.recorded ?? [:]
        let fresh = items.indices.filter { recorded[$0] == nil }
        let results = try await ParallelExecution.run(
            indices: fresh, limit: config.maxConcurrency, failFast: config.errorStrategy == .failFast
        ) { index in
            let item = MapItem(value: items[index], index: index, total: items.count)
            let action = try await execute(item, worker: worker, handler: handler, config: config)
            try await driver.children?.record(action, index: index)
            return action
        }
        return merge(items.count, recorded: recorded, results: results, worker: worker, attempt: attempt)
    }

    private func configError(_ field: String) -> WorkflowError {
        .nodeConfig(nodeID: node.id, nodeType: "map", missingField: field)
    }

    private func items(_ config: MapConfig, view: StateView) throws(WorkflowError) -> [JSONValue] {
        let items: [JSONValue]
        if let fixed = config.staticItems {
            items = fixed
        } else if let path = config.itemsPath {
            guard let found = ItemsPath(path)?.items(in: ["memory": .object(view.memory)]) else {
                throw configError("items_path \(path) is not a path or leads nowhere")
            }
            items = found
        } else {
            throw configError("items_path or static_items is missing")
        }
        guard items.count <= config.maxItems else {
            throw configError("\(items.count) items are more than max_items \(config.maxItems)")
        }
        return items
    }

    private func execute(
        _ item: MapItem, worker: GraphNode, handler: any NodeHandler, config: MapConfig
    ) async throws -> WorkflowAction {
        let context = context(item, worker: worker)
        let start = driver.options.clock.now()
        let outcome = try await TimeLimit.run(config.taskTimeout, driver: driver, node: worker.id) {
            try await handler.execute(context)
        }
        let duration = Duration.seconds(driver.options.clock.now().timeIntervalSince(start))
        let factory = ActionFactory(
            node: worker, iteration: driver.state.iterationCount, handoffs: 0, ids: driver.factory.ids,
            clock: driver.factory.clock)
        var action = try factory.action(outcome, attempt: 1, duration: duration)
        guard case .updateMemory = action.payload else {
            throw configError("the worker's outcome is not an update of the memory")
        }
        try action.checkPermissions(driver.graph.graph.effectiveWriteKeys(of: worker))
        action.idempotencyKey = "\(node.id)/\(item.index):\(driver.state.iterationCount):1"
        return action
    }

    private func context(_ item: MapItem, worker: GraphNode) -> NodeContext {
        let state = driver.state
        var view = driver.view(of: worker, taskContext: item.taskContext)
        if worker.type == .tool { view.memory = view.memory.merging(item.taskContext) }
        return NodeContext(
            node: worker, graphID: state.workflowID, runID: state.runID, view: view, attempt: 1,
            iteration: state.iterationCount, stepKey: "\(driver.stepKey)/\(item.index)",
            claimEpoch: driver.options.claim?.epoch, supervisorHistory: [],
            remainingBudgetUSD: state.budgetUSD.flatMap { $0 > 0 ? max(0, $0 - state.totalCostUSD) : nil },
            deadline: driver.deadline, mapItem: item, clock: driver.options.clock)
    }

    private func merge(
        _ count: Int, recorded: [Int: WorkflowAction],
        results: [(index: Int, result: Result<WorkflowAction, any Error>)], worker: GraphNode, attempt: Int
    ) -> WorkflowAction {
        var done = recorded.filter { $0.key < count }
        var errors: [JSONValue] = []
        for (index, result) in results {
            switch result {
            case .success(let action): done[index] = action
            case .failure(let error):
                errors.append([
                    "index": .number(index), "node_id": .string(worker.id),
                    "error": .string(String(describing: error)),
                ])
            }
        }
        let actions = done.sorted { $0.key < $1.key }
        let successes = actions.map { index, action -> JSONValue in
            guard case .updateMemory(let updates) = action.payload else { return .null }
            return ["index": .number(index), "node_id": .string(worker.id), "updates": .object(updates)]
        }
        let id = node.id
        var action = driver.factory.action(
            .mergeParallelResults([
                "\(id)_results": .array(successes), "\(id)_errors": .array(errors),
                "\(id)_count": .number(successes.count), "\(id)_error_count": .number(errors.count),
            ]), attempt: attempt)
        action.metadata.model = actions.lazy.compactMap(\.value.metadata.model).first
        action.metadata.tokenUsage = sum(actions.compactMap(\.value.metadata.tokenUsage))
        return action
    }

    private func sum(_ usages: [TokenUsage]) -> TokenUsage? {
        guard !usages.isEmpty else { return nil }
        let costs = usages.compactMap(\.costUSD)
        return TokenUsage(
            inputTokens: usages.reduce(0) { $0 + ($1.inputTokens ?? 0) },
            outputTokens: usages.reduce(0) { $0 + ($1.outputTokens ?? 0) },
            totalTokens: usages.reduce(0) { $0 + $1.totalTokens },
            costUSD: costs.isEmpty ? nil : costs.reduce(0, +))
    }
}
