import PostgresWire
import TestSupport
import Testing

/// A connection that ends at any byte of what the server says.
@Suite(.serialized) struct CutIntegrationTests {
    /// How many places of all conversations are tried in a run that is not full.
    private static let usualCount = 1_600

    private func tasks(_ kinds: [Cut.Kind], count: Int?, seed: UInt64) async throws -> [CutSweep.Task] {
        var tasks: [CutSweep.Task] = []
        for (conversation, play) in zip(Conversation.all, try await Recording.plays()) {
            for kind in kinds {
                // Before the first byte nothing can be split or flipped.
                for offset in (kind == .split || kind == .flip ? 1 : 0)...play.byteCount {
                    tasks.append(
                        CutSweep.Task(
                            conversation: conversation, play: play, cut: Cut(offset: offset, kind: kind)))
                }
            }
        }
        guard let count else { return tasks }
        // The ends of replies are where most can go wrong; the rest is a seeded choice.
        var generator = SeededGenerator(seed: seed)
        let edges = tasks.filter { task in
            (-1...1).contains { task.play.boundaries.contains(task.cut.offset + $0) }
        }
        let chosen = Array(edges.shuffled(using: &generator).prefix(count / 4))
        return chosen + Array(tasks.shuffled(using: &generator).prefix(count - chosen.count))
    }

    @Test(.timeLimit(.minutes(20)))
    func `a connection cut at any byte gives an error at once or the whole answer`() async throws {
        let matrix = FaultMatrix("Cut after each byte of a server's half of a conversation")
        let count = Effort.isFull ? nil : Self.usualCount
        let tasks = try await tasks([.finish, .reset, .halfClose], count: count, seed: 8)
        let faults = try await CutSweep(matrix).run(tasks)
        try matrix.publish(as: "cuts")
        #expect(faults == [])
        #expect(matrix.total == tasks.count)
        #expect(tasks.count >= Effort.count(1_600, full: 40_000))
        #expect(matrix.count("answer") > 0)
    }

    @Test(.timeLimit(.minutes(20)))
    func `a flipped bit is refused unless it is in a value`() async throws {
        let matrix = FaultMatrix("A flipped bit in each byte of a server's half of a conversation")
        let tasks = try await tasks([.flip], count: Effort.isFull ? nil : 300, seed: 9)
        let faults = try await CutSweep(matrix).run(tasks)
        try matrix.publish(as: "flips")
        #expect(faults == [])
        #expect(matrix.total == tasks.count)
    }

    @Test(.timeLimit(.minutes(10)))
    func `an answer that comes in two pieces is the same answer`() async throws {
        let matrix = FaultMatrix("Split after each byte of a server's half of a conversation")
        let tasks = try await tasks([.split], count: Effort.isFull ? nil : 400, seed: 7)
        let faults = try await CutSweep(matrix).run(tasks)
        try matrix.publish(as: "splits")
        #expect(faults == [])
        #expect(matrix.count("answer") == tasks.count)
    }
}
