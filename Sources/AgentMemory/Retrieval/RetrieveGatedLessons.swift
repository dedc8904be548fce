import FoundationEssentials
public import StoreContracts

/// How lessons are chosen for a run.
public struct GatedLessonOptions: Hashable, Sendable {
    /// Only lessons with one of these tags; empty: every fact.
    public var tags: [String]
    /// The tag of lessons that the gate has not decided on.
    public var candidateTag: String
    /// The greatest number of lessons.
    public var maxFacts: Int
    /// How many of these may be candidates.
    public var candidateSlots: Int
    /// A candidate with so many trials rests until the gate has decided; nil: none rests.
    ///
    /// Needs a ledger.
    public var restAfterTrials: Int?

    /// The usual: ten lessons, two of them candidates.
    public init(
        tags: [String] = [], candidateTag: String = MemoryTag.candidate, maxFacts: Int = 10,
        candidateSlots: Int = 2, restAfterTrials: Int? = nil
    ) {
        self.tags = tags
        self.candidateTag = candidateTag
        self.maxFacts = maxFacts
        self.candidateSlots = candidateSlots
        self.restAfterTrials = restAfterTrials
    }
}

/// Chooses the lessons of a run: verified ones, newest first, then a few candidates, without any chance in it.
///
/// With a ledger the candidates with most trials come first, so that a cohort reaches a decision before newcomers get
/// their turn; ties go to the oldest, then by id. Without one the newest come first. Slots without a candidate go to verified lessons.
/// Five statements at most up to 2,000 candidates, one more for each further 2,000; quarantined and void facts never
/// come.
///
/// - Throws: `invalidArgument` for a negative number.
public func retrieveGatedLessons(
    from store: any MemoryStore, ledger: (any OutcomeLedger)? = nil, _ options: GatedLessonOptions
) async throws(StoreError) -> [SemanticFact] {
    guard options.maxFacts >= 0, options.candidateSlots >= 0 else {
        throw StoreError(.invalidArgument(name: "maxFacts"), cause: "it is negative")
    }
    let slots = min(options.candidateSlots, options.maxFacts)
    let candidates = try await chooseCandidates(slots, from: store, ledger, options)
    let filter = FactFilter(
        tags: options.tags, excludeTags: [MemoryTag.quarantined, options.candidateTag],
        includesEmbeddings: false)
    let verified = try await store.findFacts(filter, Page(limit: options.maxFacts - candidates.count))
    let lessons = verified + candidates
    if !lessons.isEmpty { try await store.touchFacts(lessons.map(\.id)) }
    return lessons
}

private func chooseCandidates(
    _ slots: Int, from store: any MemoryStore, _ ledger: (any OutcomeLedger)?, _ options: GatedLessonOptions
) async throws(StoreError) -> [SemanticFact] {
    guard slots > 0 else { return [] }
    let filter = FactFilter(
        tags: options.tags, requiredTags: [options.candidateTag], excludeTags: [MemoryTag.quarantined],
        includesEmbeddings: false)
    guard let ledger else { return try await store.findFacts(filter, Page(limit: slots)) }
    let candidates = try await store.allFacts(filter)
    guard !candidates.isEmpty else { return [] }
    let stats = try await ledger.getFactStatsBatch(candidates.map(\.id.text))
    let tried = candidates.map { (fact: $0, trials: stats[$0.id.text]?.trials ?? 0) }
    let awake = tried.filter { candidate in options.restAfterTrials.map { candidate.trials < $0 } ?? true }
    let order = awake.sorted {
        ($1.trials, $0.fact.validFrom, $0.fact.id.text) < ($0.trials, $1.fact.validFrom, $1.fact.id.text)
    }
    return order.prefix(slots).map(\.fact)
}

extension MemoryStore {
    /// Every fact that passes, in pages of 2,000 that a cursor joins.
    func allFacts(_ filter: FactFilter) async throws(StoreError) -> [SemanticFact] {
        let size = 2000
        var facts: [SemanticFact] = []
        var page = try Page(limit: size)
        while true {
            let found = try await findFacts(filter, page)
            facts += found
            guard found.count == size, let last = found.last else { return facts }
            page = try Page(limit: size, after: PageCursor(instant: last.validFrom, id: last.id))
        }
    }
}
