#if CLI
import FoundationEssentials
import JSONModel
import PostgresWire
import StoreContracts

/// One run in a list.
struct RunSummary: Sendable {
    var id: UUID
    var graph: String
    var status: String
    var createdAt: Date
    var seconds: Double?
    var steps: Int
    var claims: Int

    static func load(limit: Int, status: String?, from client: PostgresClient) async throws -> [RunSummary] {
        try await client.collect(
            """
            SELECT r.id, g.name, r.status, r.created_at,
                EXTRACT(epoch FROM r.completed_at - r.created_at)::float8,
                (SELECT count(*) FROM workflow_events e
                    WHERE e.run_id = r.id AND e.event_type = 'action_dispatched'), r.claim_epoch
            FROM workflow_runs r JOIN graphs g ON g.id = r.graph_id
            WHERE \(status)::text IS NULL OR r.status = \(status)
            ORDER BY r.created_at DESC, r.id DESC LIMIT \(limit)
            """, as: (UUID, String, String, Date, Double?, Int, Int).self
        ).map {
            RunSummary(
                id: $0.0, graph: $0.1, status: $0.2, createdAt: $0.3, seconds: $0.4, steps: $0.5, claims: $0.6
            )
        }
    }

    static func table(_ runs: [RunSummary]) -> String {
        var table = TableText("run", "graph", "status", "created", "#took", "#steps", "#claims")
        for run in runs {
            table.add(
                run.id.text, run.graph, run.status, run.createdAt.formatted(.iso8601),
                run.seconds.map { "\(Text.decimal($0, places: 3)) s" } ?? "", String(run.steps),
                String(run.claims))
        }
        return table.text
    }

    var json: JSONValue {
        [
            "id": .string(id.text), "graph": .string(graph), "status": .string(status),
            "created_at": .string(createdAt.formatted(.iso8601.time(includingFractionalSeconds: true))),
            "seconds": seconds.map { .number($0) } ?? .null, "steps": .number(steps),
            "claims": .number(claims),
        ]
    }
}
#endif
