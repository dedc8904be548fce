import FoundationEssentials
import Locking
import StoreContracts

/// Ids that count up, for tests that compare.
final class SequentialIDs: IDSource {
    private let counter = Lock<UInt32>(0)
    private let prefix: UInt8

    init(prefix: UInt8 = 1) {
        self.prefix = prefix
    }

    func next() -> UUID {
        let value = counter.withLock { counter in
            counter += 1
            return counter
        }
        func byte(_ shift: UInt32) -> UInt8 { UInt8(truncatingIfNeeded: value >> shift) }
        return UUID(
            uuid: (prefix, 0, 0, 0, 0, 0, 0x70, 0, 0x80, 0, 0, 0, byte(24), byte(16), byte(8), byte(0)))
    }
}
