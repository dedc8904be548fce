import Foundation
import PostgresWire
import StoreContracts
import TestSupport

@testable import Orchestrator

extension Backend {
    /// Makes a run as old as the seconds say; nil: never completed, not archived.
    func age(_ run: UUID, completed: TimeInterval?, archived: TimeInterval? = nil) async throws {
        let completedAt = completed.map { Date(timeIntervalSinceNow: -$0) }
        let archivedAt = archived.map { Date(timeIntervalSinceNow: -$0) }
        if let client = database?.client {
            try await client.execute(
                """
                UPDATE workflow_runs SET completed_at = \(completedAt), archived_at = \(archivedAt)
                WHERE id = \(run)
                """)
        } else {
            memory?.write { tables, _ in
                tables.runs[run]?.completedAt = completedAt?.wholeMicroseconds
                tables.runs[run]?.archivedAt = archivedAt?.wholeMicroseconds
            }
        }
    }
}
