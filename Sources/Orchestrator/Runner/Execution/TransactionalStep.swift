import FoundationEssentials
import StoreContracts

/// A step whose handler writes in the transaction that commits it.
struct TransactionalStep: Sendable {
    let driver: NodeDriver
    let store: any RunStore
    let rules: StepRules
    let state: WorkflowState
    let nextSequence: Int
    /// Up to where running time is counted.
    let start: Date
    let committer: Committer
    let keptSnapshots: Int?

    /// A failure of the handler, told apart from those of the transaction around it.
    private struct HandlerFailure: Error {
        let underlying: any Error
    }

    /// Executes and commits the step.
    ///
    /// After a passing failure of the transaction the handler runs again, since its writes were taken back. When the
    /// answer to the commit was lost, the store is asked first whether the step is durable.
    ///
    /// - Throws: the handler's error; `InfrastructureFailure`.
    func run() async throws -> (PreparedStep, CommitReceipt) {
        while true {
            let attempt = Attempted()
            do {
                let committed = try await execute(attempt)
                committer.succeeded()
                return committed
            } catch let error as HandlerFailure {
                throw error.underlying
            } catch let error as StoreError where error.isTransient || error.effect == .unknown {
                if error.effect == .unknown, let prepared = attempt.prepared, try await isDurable(prepared) {
                    return (prepared, CommitReceipt(stateVersion: nil, wasReplayed: true))
                }
                do {
                    try await committer.strike(error)
                } catch {
                    throw InfrastructureFailure(underlying: error)
                }
            } catch {
                throw InfrastructureFailure(underlying: error)
            }
        }
    }

    private func execute(_ attempted: Attempted) async throws -> (PreparedStep, CommitReceipt) {
        let claim = driver.options.claim
        return try await store.withStepTransaction(runID: state.runID, claim: claim) { transaction in
            let action: WorkflowAction
            do {
                action = try await driver.execute(in: transaction)
            } catch let lost as LostTransaction {
                throw lost.failure
            } catch {
                throw HandlerFailure(underlying: error)
            }
            // The runner may have gone on without this execution; then it must not commit.
            guard !Task.isCancelled || driver.control.request == .cancel else {
                throw HandlerFailure(underlying: CancellationError())
            }
            let prepared = prepare(action)
            attempted.set(prepared)
            let receipt = try await transaction.commit(
                prepared.commit(claim: claim, keptSnapshots: keptSnapshots))
            return (prepared, receipt)
        }
    }

    private func prepare(_ action: WorkflowAction) -> PreparedStep {
        let options = driver.options
        let now = options.clock.now()
        let draft = StepDraft(
            state: state, nextSequence: nextSequence, limits: options.limits, ids: options.ids, now: now)
        let elapsed = max(.zero, Duration.seconds(now.timeIntervalSince(start))).wholeMilliseconds
        return RunLoop.build(
            action, node: driver.node, failed: driver.log.failed, elapsed: elapsed, rules: rules,
            draft: draft, control: driver.control, job: options.job)
    }

    /// Whether the step's last event is stored, under the id that this step gave it.
    private func isDurable(_ prepared: PreparedStep) async throws -> Bool {
        do {
            let position = try await committer.retrying { [store] () async throws(StoreError) in
                try await store.loadPosition(runID: state.runID)
            }
            guard let last = prepared.draft.events.last else { return false }
            if position.snapshot?.lastEventSequenceID == last.sequenceID { return true }
            return position.events.contains { $0.id == last.id }
        } catch {
            throw InfrastructureFailure(underlying: error)
        }
    }
}
