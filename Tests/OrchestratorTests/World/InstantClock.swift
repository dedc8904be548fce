import FoundationEssentials
import Locking
import StoreContracts

/// A clock on which every sleep ends at once, having moved the time.
final class InstantClock: StoreClock {
    private let state: Lock<Date>

    init(start: Date = Date(timeIntervalSince1970: 1_767_225_600)) {
        state = Lock(start)
    }

    func now() -> Date { state.withLock { $0 } }

    func advance(by duration: Duration) {
        state.withLock { $0 = $0.addingTimeInterval(duration / .seconds(1)) }
    }

    func sleep(for duration: Duration) async throws(CancellationError) {
        if Task.isCancelled { throw CancellationError() }
        // A limit of an hour would end the run; only short waits pass by themselves.
        guard duration < .seconds(600) else { return try await sleepForever() }
        advance(by: duration)
    }

    private func sleepForever() async throws(CancellationError) {
        do {
            try await Task.sleep(for: .seconds(86_400))
        } catch {
            throw CancellationError()
        }
    }
}
