/// The states of a pattern that are active at one position of the text, each once.
struct TextPatternThreads {
    private(set) var states: [Int] = []
    private var isActive: [Bool]

    init(capacity: Int) {
        isActive = Array(repeating: false, count: capacity)
        states.reserveCapacity(capacity)
    }

    /// Adds a state; false if it is there already.
    mutating func insert(_ state: Int) -> Bool {
        guard !isActive[state] else { return false }
        isActive[state] = true
        states.append(state)
        return true
    }

    mutating func removeAll() {
        for state in states { isActive[state] = false }
        states.removeAll(keepingCapacity: true)
    }
}
