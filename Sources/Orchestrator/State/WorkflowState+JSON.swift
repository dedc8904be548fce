public import FoundationEssentials
public import JSONModel

extension WorkflowState {
    /// Loads a state from its JSON form: the one way in for snapshots, checkpoints and initial states.
    ///
    /// States of older schema versions are migrated. Only `workflow_id` and `goal` must be there; absent and null
    /// fields get their defaults. Unknown top-level keys are kept in ``additionalFields``.
    ///
    /// - Parameters:
    ///   - json: The stored object.
    ///   - runID: The run's id if the object has none.
    ///   - now: The time of creation and last change if the object has none.
    /// - Throws: `WorkflowHydrationError`; a half-valid state is never returned.
    public init(
        json: JSONValue, runID: UUID = UUID(), now: Date = Date()
    ) throws(WorkflowHydrationError) {
        let fields = try StateMigration.migrated(json)
        do {
            var reader = FieldReader(fields)
            try self.init(reading: &reader, runID: runID, now: now)
        } catch {
            throw .invalid(error)
        }
    }

    /// The JSON form: every field but absent optionals, and the unknown keys as they came.
    public var json: JSONValue {
        var fields = FieldWriter(additionalFields)
        writeIdentity(to: &fields)
        writeProgress(to: &fields)
        writeMemory(to: &fields)
        writeUsage(to: &fields)
        writeHistory(to: &fields)
        return fields.json
    }

    private init(
        reading fields: inout FieldReader, runID: UUID, now: Date
    ) throws(WorkflowShapeError) {
        self.init(
            workflowID: try fields.required("workflow_id"),
            runID: try fields.value("run_id", default: runID),
            goal: try fields.required("goal"),
            createdAt: try fields.value("created_at", default: now.wholeMilliseconds))
        updatedAt = try fields.value("updated_at", default: now.wholeMilliseconds)
        schemaVersion = try fields.required("state_schema_version")
        constraints = try fields.value("constraints", default: [])
        lastEventSequenceID = try fields.optional("_last_event_sequence_id")
        try readProgress(from: &fields)
        try readMemory(from: &fields)
        try readUsage(from: &fields)
        try readHistory(from: &fields)
        additionalFields = fields.remaining
    }

    private mutating func readProgress(from fields: inout FieldReader) throws(WorkflowShapeError) {
        status = try fields.value("status", default: .pending)
        currentNode = try fields.optional("current_node")
        iterationCount = try fields.value("iteration_count", default: 0)
        retryCount = try fields.value("retry_count", default: 0)
        maxRetries = try fields.value("max_retries", default: 3)
        lastError = try fields.optional("last_error")
        waitingFor = try fields.optional("waiting_for")
        waitingSince = try fields.optional("waiting_since")
        waitingTimeoutAt = try fields.optional("waiting_timeout_at")
        startedAt = try fields.optional("started_at")
        maxExecutionTime = try fields.value("max_execution_time_ms", default: .seconds(3600))
        maxIterations = try fields.value("max_iterations", default: 50)
        activeElapsed = try fields.value("active_elapsed_ms", default: .zero)
        appliedResponseKeys = try fields.value("applied_response_keys", default: [])
    }

    private mutating func readMemory(from fields: inout FieldReader) throws(WorkflowShapeError) {
        memory = try fields.value("memory", default: [:])
        taintRegistry = try fields.value("taint_registry", default: [:])
        lessonProvenance = try fields.value("lesson_provenance", default: [:])
        pendingApproval = try fields.optional("pending_approval")
        policyApprovals = try fields.value("policy_approvals", default: [:])
        subgraphCheckpoints = try fields.value("subgraph_checkpoints", default: [:])
        subgraphStack = try fields.value("subgraph_stack", default: [])
        swarmHandoffCount = try fields.value("swarm_handoff_count", default: 0)
        memoryDrops = try fields.value("memory_drops", default: [])
    }

    private mutating func readUsage(from fields: inout FieldReader) throws(WorkflowShapeError) {
        totalTokensUsed = try fields.value("total_tokens_used", default: 0)
        totalInputTokens = try fields.value("total_input_tokens", default: 0)
        totalOutputTokens = try fields.value("total_output_tokens", default: 0)
        maxTokenBudget = try fields.optional("max_token_budget")
        totalCostUSD = try fields.value("total_cost_usd", default: 0)
        budgetUSD = try fields.optional("budget_usd")
        costAlertThresholdsFired = try fields.value("_cost_alert_thresholds_fired", default: [])
        nodeBreakdown = try fields.value("node_breakdown", default: [:])
        modelBreakdown = try fields.value("model_breakdown", default: [:])
    }

    private mutating func readHistory(from fields: inout FieldReader) throws(WorkflowShapeError) {
        visitedNodes = try fields.value("visited_nodes", default: [])
        compensationStack = try fields.value("compensation_stack", default: [])
        supervisorHistory = try fields.value("supervisor_history", default: [])
        supervisorCounts = try fields.value(
            "supervisor_counts",
            default: supervisorHistory.reduce(into: [:]) { $0[$1.supervisorID, default: 0] += 1 })
    }

    private func writeIdentity(to fields: inout FieldWriter) {
        fields.write(schemaVersion, as: "state_schema_version")
        fields.write(workflowID, as: "workflow_id")
        fields.write(runID, as: "run_id")
        fields.write(createdAt, as: "created_at")
        fields.write(updatedAt, as: "updated_at")
        fields.write(goal, as: "goal")
        fields.write(constraints, as: "constraints")
        fields.write(lastEventSequenceID, as: "_last_event_sequence_id")
    }

    private func writeProgress(to fields: inout FieldWriter) {
        fields.write(status, as: "status")
        fields.write(currentNode, as: "current_node")
        fields.write(iterationCount, as: "iteration_count")
        fields.write(retryCount, as: "retry_count")
        fields.write(maxRetries, as: "max_retries")
        fields.write(lastError, as: "last_error")
        fields.write(waitingFor, as: "waiting_for")
        fields.write(waitingSince, as: "waiting_since")
        fields.write(waitingTimeoutAt, as: "waiting_timeout_at")
        fields.write(startedAt, as: "started_at")
        fields.write(maxExecutionTime, as: "max_execution_time_ms")
        fields.write(maxIterations, as: "max_iterations")
        fields.write(activeElapsed, as: "active_elapsed_ms")
        fields.write(appliedResponseKeys, as: "applied_response_keys")
    }

    private func writeMemory(to fields: inout FieldWriter) {
        fields.write(memory, as: "memory")
        fields.write(taintRegistry, as: "taint_registry")
        fields.write(lessonProvenance, as: "lesson_provenance")
        fields.write(pendingApproval, as: "pending_approval")
        fields.write(policyApprovals, as: "policy_approvals")
        fields.write(subgraphCheckpoints, as: "subgraph_checkpoints")
        fields.write(subgraphStack, as: "subgraph_stack")
        fields.write(swarmHandoffCount, as: "swarm_handoff_count")
        fields.write(memoryDrops, as: "memory_drops")
    }

    private func writeUsage(to fields: inout FieldWriter) {
        fields.write(totalTokensUsed, as: "total_tokens_used")
        fields.write(totalInputTokens, as: "total_input_tokens")
        fields.write(totalOutputTokens, as: "total_output_tokens")
        fields.write(maxTokenBudget, as: "max_token_budget")
        fields.write(totalCostUSD, as: "total_cost_usd")
        fields.write(budgetUSD, as: "budget_usd")
        fields.write(costAlertThresholdsFired, as: "_cost_alert_thresholds_fired")
        fields.write(nodeBreakdown, as: "node_breakdown")
        fields.write(modelBreakdown, as: "model_breakdown")
    }

    private func writeHistory(to fields: inout FieldWriter) {
        fields.write(visitedNodes, as: "visited_nodes")
        fields.write(compensationStack, as: "compensation_stack")
        fields.write(supervisorHistory, as: "supervisor_history")
        fields.write(supervisorCounts, as: "supervisor_counts")
    }
}
