#if CLI
import FoundationEssentials
import JSONModel
import PostgresWire

/// Compares what the runs retrieved with the exact answers.
struct RecallCheck: Sendable {
    /// The least mean share of the exact answer that an HNSW search has to find.
    static let bound = 0.95

    let client: PostgresClient
    /// The exact answer of each run's question.
    let exact: [UUID: [UUID]]

    /// The mean over all runs of the share of the exact top 20 that the first search returned.
    func mean() async throws -> Double {
        let runs = Array(exact.keys)
        let rows = try await client.collect(
            """
            SELECT run_id, action -> 'payload' -> 'updates' -> 'candidates' FROM workflow_events
            WHERE run_id = ANY(\(runs)) AND event_type = 'action_dispatched' AND node_id = \(ResearchGraph.Node.retrieve)
            """, as: (UUID, JSONValue?).self)
        var sum = 0.0
        for (run, candidates) in rows {
            let found = Set((candidates?.arrayValue ?? []).compactMap { Candidate(json: $0)?.id })
            let wanted = exact[run] ?? []
            guard !wanted.isEmpty else { continue }
            sum += Double(wanted.count { found.contains($0) }) / Double(wanted.count)
        }
        return runs.isEmpty ? 0 : sum / Double(runs.count)
    }

    func check(_ mean: Double) -> DemoCheck {
        DemoCheck(
            id: "recall_at_20",
            text: "vector search finds at least \(Text.decimal(Self.bound, places: 2)) of the exact top 20",
            isOK: mean >= Self.bound, detail: "mean recall@20 \(Text.decimal(mean, places: 3))")
    }
}
#endif
