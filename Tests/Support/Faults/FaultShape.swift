/// In what pieces and how late the words of one side arrive.
struct FaultShape {
    var pieceBytes: Int?
    var window: Duration?
    var delay = Duration.zero
    var jitter = Duration.zero
    private var generator = SeededGenerator(seed: 7)

    init(_ faults: [Fault.Kind]) {
        for fault in faults {
            switch fault {
            case .delay(let time, let more): (delay, jitter) = (time, more)
            case .split(let bytes): pieceBytes = bytes
            case .coalesce(let time): window = time
            default: continue
            }
        }
    }

    /// How late the next piece is.
    mutating func nextDelay() -> Duration {
        guard jitter > .zero else { return delay }
        return delay + jitter * (Double(generator.below(1_000)) / 1_000)
    }
}
