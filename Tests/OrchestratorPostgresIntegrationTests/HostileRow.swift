import PostgresWire

/// A way in which another program, or somebody with an SQL prompt, may have spoiled the rows of a run.
struct HostileRow: Sendable {
    /// What is spoiled.
    let name: String
    /// The statements that spoil it; `$1` is the run, `$2` its graph, `$3` its job.
    let statements: [String]

    init(_ name: String, _ statements: String...) {
        self.name = name
        self.statements = statements
    }

    /// What stands in the spoiled rows and must not stand in errors.
    static let canary = "canary-5f2d"

    static let all = states + stateFields + events + checkpoints + graphs + jobs + runs

    private static func state(_ name: String, _ expression: String) -> HostileRow {
        HostileRow("state \(name)", "UPDATE workflow_states SET state = \(expression) WHERE run_id = $1")
    }

    private static let states: [HostileRow] = [
        state("is null", "'null'"),
        state("is an array", "'[\"canary-5f2d\"]'"),
        state("is a number", "'1e400'"),
        state("is a text", "'\"canary-5f2d\"'"),
        state("is empty", "'{}'"),
        state("is of a future version", "state || '{\"state_schema_version\": 99}'"),
        state("has a version that is none", "state || '{\"state_schema_version\": \"canary-5f2d\"}'"),
        state("has a negative version", "state || '{\"state_schema_version\": -1}'"),
        state("is nested 5,000 deep", "(repeat('[', 5000) || repeat(']', 5000))::jsonb"),
        state(
            "has a memory nested 5,000 deep",
            "jsonb_set(state, '{memory,deep}', (repeat('[', 5000) || repeat(']', 5000))::jsonb)"),
        state(
            "has two megabytes", "jsonb_set(state, '{memory,big}', to_jsonb(repeat('canary-5f2d', 200000)))"),
        state("has an event mark that is none", "state || '{\"_last_event_sequence_id\": \"canary-5f2d\"}'"),
        state("has an event mark beyond the log", "state || '{\"_last_event_sequence_id\": 999999}'"),
        state("has a negative event mark", "state || '{\"_last_event_sequence_id\": -5}'"),
        state("is of another run", "state || '{\"run_id\": \"00000000-0000-4000-8000-000000000000\"}'"),
    ]

    private static let stateFields: [HostileRow] = [
        ("run_id", "5"), ("workflow_id", "\"canary-5f2d\""), ("status", "\"canary-5f2d\""),
        ("status", "null"), ("goal", "[]"), ("memory", "[]"), ("memory", "\"canary-5f2d\""),
        ("created_at", "\"canary-5f2d\""), ("updated_at", "{}"), ("iteration_count", "-9223372036854775809"),
        ("iteration_count", "1.5"), ("visited_nodes", "{\"a\": 1}"), ("current_node", "\"canary-5f2d\""),
        ("current_node", "7"), ("total_tokens_used", "1e300"), ("max_iterations", "\"canary-5f2d\""),
        ("constraints", "7"), ("taint_registry", "[]"), ("pending_approval", "[[]]"),
        ("waiting_for", "\"canary-5f2d\""),
    ].map { key, value in
        state("has \(key) \(value)", "state || '{\"\(key)\": \(value)}'")
    }

    private static func event(_ name: String, _ change: String) -> HostileRow {
        HostileRow(
            "event \(name)", "DELETE FROM workflow_states WHERE run_id = $1",
            "UPDATE workflow_events SET \(change) WHERE run_id = $1 AND sequence_id > 0")
    }

    private static let events: [HostileRow] = [
        event("has a type that is none", "event_type = 'canary-5f2d'"),
        event("has an empty type", "event_type = ''"),
        event("has no action", "action = NULL"),
        event("has an action that is a text", "action = '\"canary-5f2d\"'"),
        event("has an action without a type", "action = '{}'"),
        event("has an action of an unknown type", "action = '{\"type\": \"canary-5f2d\"}'"),
        event("has no internal type", "internal_type = NULL"),
        event("has an unknown internal type", "internal_type = 'canary-5f2d'"),
        event("has a payload that is a list", "internal_payload = '[1]'"),
        event("has no node", "node_id = NULL"),
        event("has an unknown node", "node_id = 'canary-5f2d'"),
        event(
            "has a payload nested 5,000 deep",
            "internal_payload = (repeat('[', 5000) || repeat(']', 5000))::jsonb"),
        HostileRow(
            "event is missing", "DELETE FROM workflow_states WHERE run_id = $1",
            "DELETE FROM workflow_events WHERE run_id = $1 AND sequence_id = 2"),
        HostileRow(
            "event of the start is missing", "DELETE FROM workflow_states WHERE run_id = $1",
            "DELETE FROM workflow_events WHERE run_id = $1 AND sequence_id = 0"),
        HostileRow(
            "event has the greatest sequence",
            """
            UPDATE workflow_events SET sequence_id = 2147483647 WHERE run_id = $1 AND sequence_id = (
                SELECT max(sequence_id) FROM workflow_events WHERE run_id = $1)
            """),
    ]

    private static func checkpoint(_ name: String, _ sequence: Int, _ state: String) -> HostileRow {
        HostileRow(
            "checkpoint \(name)",
            "INSERT INTO workflow_checkpoints (run_id, sequence_id, state) VALUES ($1, \(sequence), \(state))"
        )
    }

    private static let checkpoints: [HostileRow] = [
        checkpoint("is null", 3, "'null'"),
        checkpoint("is a text beyond the log", 99, "'\"canary-5f2d\"'"),
        checkpoint("is of a future version", 2, "'{\"state_schema_version\": 99}'"),
    ]

    private static func graph(_ name: String, _ expression: String) -> HostileRow {
        HostileRow("graph \(name)", "UPDATE graphs SET definition = \(expression) WHERE id = $2")
    }

    private static let graphs: [HostileRow] = [
        graph("is null", "'null'"),
        graph("is a list", "'[]'"),
        graph("is empty", "'{}'"),
        graph("has nodes that are none", "definition || '{\"nodes\": \"canary-5f2d\"}'"),
        graph("has no nodes", "definition || '{\"nodes\": []}'"),
        graph("has an unknown start", "definition || '{\"start_node\": \"canary-5f2d\"}'"),
        graph("has a node of an unknown type", "jsonb_set(definition, '{nodes,0,type}', '\"canary-5f2d\"')"),
        graph(
            "has an edge to nowhere",
            "jsonb_set(definition, '{edges}', '[{\"id\": \"e\", \"source\": \"start\", \"target\": \"canary-5f2d\"}]')"
        ),
        graph("is nested 5,000 deep", "(repeat('[', 5000) || repeat(']', 5000))::jsonb"),
    ]

    private static func job(_ name: String, _ change: String) -> HostileRow {
        HostileRow("job \(name)", "UPDATE workflow_jobs SET \(change) WHERE id = $3")
    }

    private static let jobs: [HostileRow] = [
        job("has a type that is none", "type = 'canary-5f2d'"),
        job("has a status that is none", "status = 'canary-5f2d'"),
        job("has a response that is a text", "human_response = '\"canary-5f2d\"'"),
        job("has a response without a decision", "human_response = '{}'"),
        job("has an initial state that is a text", "initial_state = '\"canary-5f2d\"'"),
        job("has a history that is an object", "attempt_history = '{\"canary-5f2d\": 1}'"),
        job("has a history that is a text", "attempt_history = '\"canary-5f2d\"'"),
        job("has a history of numbers", "attempt_history = '[1, 2, 3]'"),
        job("has a negative timeout", "visibility_timeout_ms = -1"),
        job("has the greatest attempt", "attempt = 2147483647"),
        job("was created at infinity", "created_at = 'infinity'"),
        job("was created before all time", "created_at = '-infinity'"),
        job("was last seen at infinity", "last_heartbeat_at = 'infinity'"),
        job("has the greatest number of attempts", "max_attempts = 2147483647"),
        job("has a negative number of attempts", "max_attempts = -1"),
    ]

    private static func run(_ name: String, _ change: String) -> HostileRow {
        HostileRow("run \(name)", "UPDATE workflow_runs SET \(change) WHERE id = $1")
    }

    private static let runs: [HostileRow] = [
        run("has a status that is none", "status = 'canary-5f2d'"),
        run("has the greatest epoch", "claim_epoch = 2147483647"),
        run("has a negative epoch", "claim_epoch = -7"),
        run("was created at infinity", "created_at = 'infinity'"),
        run("ended before all time", "completed_at = '-infinity'"),
        run("has fork changes that are a text", "fork_mutations = '\"canary-5f2d\"'"),
    ]
}
