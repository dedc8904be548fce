/// What a sweep over expired claims and due deadlines changed.
public struct ReclaimReport: Hashable, Sendable {
    /// Active jobs whose claim had expired and that wait again.
    public var returned: Int
    /// Active jobs whose claim had expired and that were given up.
    public var deadLettered: Int
    /// Paused jobs whose deadline had passed and that wait again.
    public var dueDeadlines: Int

    /// Creates a report.
    public init(returned: Int = 0, deadLettered: Int = 0, dueDeadlines: Int = 0) {
        self.returned = returned
        self.deadLettered = deadLettered
        self.dueDeadlines = dueDeadlines
    }

    /// All jobs that changed.
    public var total: Int { returned + deadLettered + dueDeadlines }
}
