import FoundationEssentials
import JSONModel
import StoreContracts

extension WorkflowWorker {
    /// A job that can never be executed.
    private struct UnusableJob: Error {
        let reason: String
    }

    /// Executes one claimed job and settles it.
    func process(_ claimed: ClaimedJob) async {
        do {
            let runner = try await makeRunner(claimed)
            ledger.attach(runner, to: claimed.job.id)
            let report = try await runner.runOutcome()
            await settle(claimed, report, runner)
        } catch let unusable as UnusableJob {
            await giveUp(claimed, unusable.reason)
        } catch let error as StoreError where error.meansClaimLost {
            emit(.jobClaimLost, claimed.job)
        } catch {
            await reject(claimed, String(describing: error))
        }
    }

    private func makeRunner(_ claimed: ClaimedJob) async throws -> GraphRunner {
        let job = claimed.job
        let persistence = backend.persistence(tenant: job.tenantID, claim: claimed.claim)
        var graph = options.graphs[job.graphID]
        if graph == nil { graph = try await persistence.loadGraph(id: job.graphID) }
        guard let graph else { throw UnusableJob(reason: "Graph \(job.graphID.text) is not stored.") }
        var seed = RunSeed(state: try freshState(job))
        if let json = job.humanResponse {
            do {
                seed.response = try HumanResponse(json: json)
            } catch {
                throw UnusableJob(reason: error.description)
            }
            seed.responseKey = "job:\(job.id.text)"
        }
        var options = options.runner
        options.claim = claimed.claim
        options.job = claimed.handle
        options.workerID = id
        let observer = options.observer
        options.observer = { [runHub] event in
            runHub.send(event)
            observer?(event)
        }
        return GraphRunner(
            graphs.prepared(graph), seed: seed, handlers: handlers,
            store: backend.runStore(tenant: job.tenantID), options: options)
    }

    /// The state of a run that has no history: the job's fields over an empty one.
    private func freshState(_ job: WorkflowJob) throws(UnusableJob) -> WorkflowState {
        var fields: JSONObject = ["goal": ""]
        if let initial = job.initialState?.objectValue { fields.merge(initial) }
        fields["workflow_id"] = .string(job.graphID.text)
        fields["run_id"] = .string(job.runID.text)
        if fields["state_schema_version"] == nil {
            fields["state_schema_version"] = .number(WorkflowState.currentSchemaVersion)
        }
        do {
            return try WorkflowState(json: .object(fields), runID: job.runID, now: clock.now())
        } catch {
            throw UnusableJob(reason: "The initial state cannot be used: \(error.description)")
        }
    }

    private func settle(_ claimed: ClaimedJob, _ report: RunReport, _ runner: GraphRunner) async {
        do {
            switch report.outcome {
            case .completed, .failed, .timedOut, .cancelled:
                let outcome = report.isJobSettled ? .applied : try await queue.ack(claimed.handle)
                emit(outcome.wasApplied ? .jobCompleted(report.state.status) : .jobClaimLost, claimed.job)
            case .waiting:
                try await settleWaiting(claimed, report)
            case .paused:
                let outcome = report.isJobSettled ? .applied : try await queue.requeue(claimed.handle)
                emit(outcome.wasApplied ? .jobRequeued : .jobClaimLost, claimed.job)
            case .abandoned:
                try await settleAbandoned(claimed, runner)
            }
        } catch {
            // The claim expires by itself, and then the job passes on.
            emit(.queueError(error.description), claimed.job)
        }
    }

    private func settleWaiting(_ claimed: ClaimedJob, _ report: RunReport) async throws(StoreError) {
        if report.isJobSettled { return emit(.jobReleased, claimed.job) }
        if report.wasResponseStale {
            let outcome = try await queue.ack(claimed.handle)
            return emit(outcome.wasApplied ? .jobCompleted(.waiting) : .jobClaimLost, claimed.job)
        }
        let outcome = try await queue.release(claimed.handle, deadline: report.state.waitingTimeoutAt)
        emit(outcome.wasApplied ? .jobReleased : .jobClaimLost, claimed.job)
    }

    /// Hands the job of a stopped execution back, unless a handler still runs for it.
    private func settleAbandoned(_ claimed: ClaimedJob, _ runner: GraphRunner) async throws(StoreError) {
        guard case .stopping? = ledger.abandonment(of: claimed.job.id) else {
            return emit(.jobClaimLost, claimed.job)
        }
        let ended = WakeSignal()
        let watcher = Task {
            await runner.waitForOrphans()
            ended.raise()
        }
        await ended.wait(atMost: .seconds(1), clock: clock)
        watcher.cancel()
        guard runner.orphanCount == 0 else { return }
        let outcome = try await queue.requeue(claimed.handle)
        emit(outcome.wasApplied ? .jobRequeued : .jobClaimLost, claimed.job)
    }

    private func giveUp(_ claimed: ClaimedJob, _ reason: String) async {
        do {
            let outcome = try await queue.deadLetter(claimed.handle, reason: reason)
            emit(outcome.wasApplied ? .jobDeadLettered(reason) : .jobClaimLost, claimed.job)
        } catch {
            emit(.queueError(error.description), claimed.job)
        }
    }

    /// Records a failure that is not the run's.
    private func reject(_ claimed: ClaimedJob, _ reason: String) async {
        do {
            switch try await queue.nack(claimed.handle, error: reason) {
            case .applied: emit(.jobFailed(reason), claimed.job)
            case .deadLettered: emit(.jobDeadLettered(reason), claimed.job)
            case .notOwned, .wrongStatus, .notFound: emit(.jobClaimLost, claimed.job)
            }
        } catch {
            emit(.queueError(error.description), claimed.job)
        }
    }
}
