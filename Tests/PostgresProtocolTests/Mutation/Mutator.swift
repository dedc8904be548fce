import TestSupport

/// Changes a right conversation in one to three places, the same way for the same seed.
struct Mutator {
    private var random: SeededGenerator
    /// Messages of any kind, to be put where they do not belong.
    private let strangers: [[UInt8]]

    init(seed: UInt64, strangers: [[UInt8]]) {
        random = SeededGenerator(seed: seed)
        self.strangers = strangers
    }

    /// The bytes of `messages` after the changes.
    mutating func mutate(_ messages: [[UInt8]]) -> [UInt8] {
        var messages = messages
        for _ in 0...random.below(3) { change(&messages) }
        var bytes: [UInt8] = []
        for message in messages { bytes += message }
        if random.below(8) == 0 { bytes.removeLast(random.below(bytes.count + 1)) }
        return bytes
    }

    private mutating func change(_ messages: inout [[UInt8]]) {
        guard !messages.isEmpty else { return }
        let index = random.below(messages.count)
        switch random.below(10) {
        case 0: messages.remove(at: index)
        case 1: messages.insert(messages[index], at: index)
        case 2: messages.swapAt(index, random.below(messages.count))
        case 3: messages.insert(strangers[random.below(strangers.count)], at: index)
        case 4: changeLength(&messages[index])
        case 5: insertByte(&messages[index])
        case 6: removeByte(&messages[index])
        case 7: changeInteger(&messages[index])
        default: changeByte(&messages[index])
        }
    }

    private mutating func changeByte(_ message: inout [UInt8]) {
        let index = random.below(message.count)
        let special: [UInt8] = [0, 1, 0x7f, 0x80, 0xff, 0x49, 0x5a]
        let isFlip = random.below(2) == 0
        message[index] = isFlip ? message[index] ^ 1 << UInt8(random.below(8)) : special[random.below(7)]
    }

    /// Writes a telling number over four bytes somewhere in the body.
    private mutating func changeInteger(_ message: inout [UInt8]) {
        guard message.count >= 9 else { return changeByte(&message) }
        write(
            Self.numbers[random.below(Self.numbers.count)], at: 5 + random.below(message.count - 8), &message)
    }

    private mutating func changeLength(_ message: inout [UInt8]) {
        let near = UInt32(message.count - 1) &+ UInt32(random.below(9)) &- 4
        let isNear = random.below(2) == 0
        write(isNear ? near : Self.numbers[random.below(Self.numbers.count)], at: 1, &message)
    }

    /// Adds a byte to the body, and to the length.
    private mutating func insertByte(_ message: inout [UInt8]) {
        message.insert(UInt8(truncatingIfNeeded: random.next()), at: 5 + random.below(message.count - 4))
        write(UInt32(message.count - 1), at: 1, &message)
    }

    /// Takes a byte out of the body, and from the length.
    private mutating func removeByte(_ message: inout [UInt8]) {
        guard message.count > 5 else { return changeByte(&message) }
        message.remove(at: 5 + random.below(message.count - 5))
        write(UInt32(message.count - 1), at: 1, &message)
    }

    private func write(_ number: UInt32, at index: Int, _ message: inout [UInt8]) {
        for offset in 0..<4 {
            message[index + offset] = UInt8(truncatingIfNeeded: number >> (24 - 8 * offset))
        }
    }

    private static let numbers: [UInt32] = [
        0, 1, 2, 3, 4, 5, 0xff, 0x100, 0xffff, 0x1_0000, 0x3fff_ffff, 0x4000_0000, 0x7fff_ffff, 0x8000_0000,
        0xffff_fffe, 0xffff_ffff,
    ]
}
