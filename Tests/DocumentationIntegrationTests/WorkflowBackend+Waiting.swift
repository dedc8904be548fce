import FoundationEssentials
import Orchestrator
import StoreContracts

extension WorkflowBackend {
    /// Waits, half a minute at most, until a run has this status or has ended; its state then.
    func state(of run: UUID, when status: WorkflowStatus) async throws -> WorkflowState? {
        let runs = persistence(tenant: .seed, claim: nil)
        for _ in 0..<600 {
            let state = try await runs.loadLatestWorkflowState(runID: run)
            if let state, state.status == status || state.status.isTerminal { return state }
            try await Task.sleep(for: .milliseconds(50))
        }
        return nil
    }
}
