public import FoundationEssentials

extension WorkflowState {
    /// Applies a transition of the runner.
    ///
    /// Pure: `time` is the only clock.
    ///
    /// A change of status that is not allowed makes the whole transition a no-op. Usage numbers that are not finite
    /// or not positive count as zero, so that a total never becomes NaN and a budget never stops working.
    ///
    /// - Parameters:
    ///   - dispatch: The transition.
    ///   - time: The instant that the log records for it.
    ///   - limits: The same for everything that folds this run.
    public mutating func apply(
        _ dispatch: InternalDispatch, at time: Date, limits: RuntimeLimits = .standard
    ) {
        let time = time.wholeMilliseconds
        switch dispatch {
        case .start(let node):
            guard become(.running, at: time) else { return }
            visit(node, limits)
            startedAt = startedAt ?? time
        case .resume: become(.running, at: time)
        case .complete: become(.completed, at: time)
        case .timeOut: become(.timeout, at: time)
        case .cancel: become(.cancelled, at: time)
        case .fail(let message), .budgetExceeded(let message):
            if become(.failed, at: time) { lastError = message }
        case .unknown: break
        default:
            record(dispatch, limits)
            updatedAt = time
        }
    }

    /// Returns the state after a transition; see ``apply(_:at:limits:)``.
    public func reduced(
        by dispatch: InternalDispatch, at time: Date, limits: RuntimeLimits = .standard
    ) -> WorkflowState {
        var next = self
        next.apply(dispatch, at: time, limits: limits)
        return next
    }

    /// Applies a transition that does not look at the status.
    private mutating func record(_ dispatch: InternalDispatch, _ limits: RuntimeLimits) {
        switch dispatch {
        case .advance(let node): visit(node, limits)
        case .incrementIteration(let elapsed):
            iterationCount = iterationCount.addingClamped(1)
            if let elapsed, elapsed > .zero { activeElapsed += elapsed.wholeMilliseconds }
        case .trackTokens(let total, let input, let output):
            totalTokensUsed = totalTokensUsed.addingClamped(max(0, total))
            totalInputTokens = totalInputTokens.addingClamped(max(0, input))
            totalOutputTokens = totalOutputTokens.addingClamped(max(0, output))
        case .trackCost(let usd): totalCostUSD.addUsage(usd)
        case .trackModelUsage(let usage):
            modelBreakdown[usage.model, default: UsageBreakdown()].add(usage)
            if let node = usage.nodeID { nodeBreakdown[node, default: UsageBreakdown()].add(usage) }
        case .fireCostThreshold(let fraction): costAlertThresholdsFired.append(fraction)
        case .pushCompensation(let entry): compensationStack.append(entry)
        case .popCompensation: _ = compensationStack.popLast()
        default: break
        }
    }
}

extension UsageBreakdown {
    fileprivate mutating func add(_ usage: ModelUsage) {
        inputTokens = inputTokens.addingClamped(max(0, usage.inputTokens))
        outputTokens = outputTokens.addingClamped(max(0, usage.outputTokens))
        costUSD.addUsage(usage.costUSD)
        calls = calls.addingClamped(1)
    }
}

extension Double {
    /// Adds an amount that counts: finite and positive; the sum stays finite.
    fileprivate mutating func addUsage(_ amount: Double) {
        guard amount.isFinite, amount > 0 else { return }
        self = min(self + amount, .greatestFiniteMagnitude)
    }
}
