import FoundationEssentials
public import StoreContracts

/// Decides on every candidate by how runs with it did against runs without, and writes the decisions and their log.
///
/// All decisions are computed before anything is written; the writes are one transaction. One statement reads the
/// candidates (one for each 2,000), one the evidence. A second pass finds nothing left to decide but what was held. Facts that are
/// quarantined, void, or no candidates are never judged, and nothing is deleted.
///
/// - Throws: `invalidArgument` for a policy out of its ranges, before anything is read; what the store and the ledger
///   throw, with nothing written.
@discardableResult
public func evaluateRetention(
    in store: any MemoryStore, ledger: any OutcomeLedger, _ policy: RetentionPolicy = RetentionPolicy()
) async throws(StoreError) -> RetentionReport {
    try policy.validate()
    let candidates = try await store.allFacts(
        FactFilter(
            requiredTags: [policy.candidateTag], excludeTags: [MemoryTag.quarantined],
            includesEmbeddings: false))
    guard !candidates.isEmpty else { return RetentionReport() }
    let inputs = try await ledger.gateInputs(candidates.map(\.id.text))
    let report = try RetentionRules(policy: policy).report(candidates.map(\.id), inputs)
    try await store.applyRetention(
        report, candidateTag: policy.candidateTag, verifiedTag: policy.verifiedTag)
    return report
}
