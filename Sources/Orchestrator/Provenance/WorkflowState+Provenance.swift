extension WorkflowState {
    /// Merges provenance entries, append-only, and keeps the newest 256 by time and then key.
    mutating func mergeLessonProvenance(_ entries: [String: LessonProvenanceEntry]) {
        guard !entries.isEmpty else { return }
        lessonProvenance.merge(entries) { $1 }
        let surplus = lessonProvenance.count - RuntimeLimits.maxLessonProvenanceEntries
        guard surplus > 0 else { return }
        for (key, _) in lessonProvenance.inProvenanceOrder.prefix(surplus) { lessonProvenance[key] = nil }
    }

    /// The lesson provenance entries, oldest first.
    var lessonProvenanceEntries: [LessonProvenanceEntry] {
        lessonProvenance.inProvenanceOrder.map(\.value)
    }
}

extension [String: LessonProvenanceEntry] {
    /// The entries by time of retrieval and then key.
    fileprivate var inProvenanceOrder: [(key: String, value: LessonProvenanceEntry)] {
        sorted { left, right in
            let (old, new) = (left.value.retrievedAt, right.value.retrievedAt)
            return old == new ? left.key < right.key : old < new
        }
    }
}
