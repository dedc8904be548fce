import FoundationEssentials
import StoreContracts

/// A clock that shows the store's time although the machine's clock is wrong.
///
/// Instants that a run writes down are read by other machines: the deadline of an approval, above all.
struct StoreAlignedClock: StoreClock {
    private let base: any StoreClock
    private let shift: TimeInterval

    /// What the two clocks may be apart before the machine's is called wrong: far above the time of a round trip.
    private static let tolerance: TimeInterval = 1

    /// A clock that agrees with the store, which showed `storeTime` just now; `base` itself if that agrees already.
    static func aligning(_ base: any StoreClock, to storeTime: Date) -> any StoreClock {
        let shift = storeTime.timeIntervalSince(base.now())
        return abs(shift) > tolerance ? StoreAlignedClock(base: base, shift: shift) : base
    }

    func now() -> Date { base.now().addingTimeInterval(shift) }

    func sleep(for duration: Duration) async throws(CancellationError) {
        try await base.sleep(for: duration)
    }
}
