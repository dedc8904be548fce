#if CLI
/// When a worker is to die: at the k-th time that it passes a point.
struct KillPlan: Sendable, Hashable {
    var point: KillPoint
    var hit: Int

    /// As an argument of the worker.
    var text: String { "\(point.rawValue):\(hit)" }

    init(_ point: KillPoint, hit: Int) {
        self.point = point
        self.hit = hit
    }

    init?(text: String) {
        let parts = text.split(separator: ":")
        guard parts.count == 2, let point = KillPoint(rawValue: String(parts[0])), let hit = Int(parts[1]),
            hit > 0
        else { return nil }
        self.init(point, hit: hit)
    }

    /// Plans that take every point in turn, at a hit that the seed chooses.
    static func all(_ count: Int, seed: UInt64) -> [KillPlan] {
        var generator = SeededNumbers(seed: seed)
        return (0..<count).map { index in
            let point = KillPoint.allCases[index % KillPoint.allCases.count]
            return KillPlan(point, hit: Int.random(in: 1...point.hits, using: &generator))
        }
    }
}
#endif
