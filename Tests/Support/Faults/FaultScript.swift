/// Decides what becomes of the words of one side of one connection; it has no sockets.
///
/// Faults that name messages come first, then those that count bytes.
struct FaultScript {
    private let faults: [Fault.Kind]
    private var splitter: MessageSplitter
    private var counts: [String: Int] = [:]
    private var held: [UInt8]?
    private var offset = 0
    /// Where events that count bytes have happened.
    private var passed: Set<Int> = []
    private var hasEnded = false
    /// Whether messages can no longer be told, since the connection is encrypted.
    private var isOpaque = false

    init(_ faults: [Fault.Kind], _ speaker: Transcript.Speaker) {
        self.faults = faults
        splitter = MessageSplitter(speaker)
    }

    /// Notes that the client has asked for encryption, which the server answers by one byte.
    mutating func expectAnswer() { splitter.expectAnswer() }

    /// Whether the next byte of the server is such an answer.
    var expectsAnswer: Bool { splitter.expectsAnswer }

    /// Notes that what comes from now on is encrypted.
    mutating func becomeOpaque() { isOpaque = true }

    /// Takes what has come and says what to do; what belongs to a message that is not complete waits.
    mutating func take(_ bytes: [UInt8]) -> [FaultStep] {
        guard !hasEnded else { return [] }
        if isOpaque { return pass([.send(bytes)]) }
        var steps: [FaultStep] = []
        for entry in splitter.take(bytes) { steps += take(entry) }
        return steps
    }

    /// Takes one message.
    mutating func take(_ entry: Transcript.Entry) -> [FaultStep] {
        guard !hasEnded else { return [] }
        let number = counts[entry.name, default: 0] + 1
        counts[entry.name] = number
        let steps = steps(for: entry, number)
        guard steps != [] else { return [] }
        return pass(steps)
    }

    /// Says what is left when this side has ended: a message that is not complete, or one that waited for the next.
    mutating func finish() -> [FaultStep] {
        guard !hasEnded else { return [] }
        let rest = (held ?? []) + splitter.takeRest()
        held = nil
        return rest.isEmpty ? [] : pass([.send(rest)])
    }

    private mutating func steps(for entry: Transcript.Entry, _ number: Int) -> [FaultStep] {
        var bytes = entry.bytes
        var before: [FaultStep] = []
        var inside: FaultStep?
        var after: [FaultStep] = []
        var isHeld = false
        for fault in faults {
            switch fault {
            case .length(entry.name, number, let value) where bytes.count >= 5:
                for index in 0..<4 { bytes[1 + index] = UInt8(truncatingIfNeeded: value >> (24 - 8 * index)) }
            case .duplicate(entry.name, number): bytes += entry.bytes
            case .drop(entry.name, number): bytes = []
            case .swap(entry.name, number): isHeld = true
            default:
                guard let (moment, step) = Self.event(fault) else { continue }
                switch moment {
                case .before(entry.name, number): before.append(step)
                case .inside(entry.name, number): inside = step
                case .after(entry.name, number): after.append(step)
                default: continue
                }
            }
        }
        if isHeld {
            held = (held ?? []) + bytes
            return []
        }
        var steps = before
        if let inside {
            steps += [.send(Array(bytes.dropLast())), inside, .send(Array(bytes.suffix(1)))]
        } else if !bytes.isEmpty {
            steps.append(.send(bytes))
        }
        if let waiting = held {
            steps.append(.send(waiting))
            held = nil
        }
        return steps + after
    }

    private static func event(_ fault: Fault.Kind) -> (FaultMoment, FaultStep)? {
        switch fault {
        case .cut(let moment, let ending): (moment, .cut(ending))
        case .silence(let moment, let reach): (moment, .silence(reach))
        case .stall(let moment, let time): (moment, .pause(time))
        case .halfClose(let moment): (moment, .halfClose)
        case .insert(let bytes, let moment): (moment, .send(bytes))
        default: nil
        }
    }

    /// Applies what counts bytes to steps that are due now.
    private mutating func pass(_ steps: [FaultStep]) -> [FaultStep] {
        var result: [FaultStep] = []
        for step in steps {
            guard !hasEnded else { break }
            if case .send(let bytes) = step {
                passBytes(bytes, into: &result)
            } else {
                note(step, &result)
            }
        }
        return result
    }

    private mutating func passBytes(_ bytes: [UInt8], into result: inout [FaultStep]) {
        var rest = bytes
        for case .flip(let position, let mask) in faults where rest.indices.contains(position - offset) {
            rest[position - offset] ^= mask
        }
        while !hasEnded {
            guard let (position, step) = nextByteEvent(within: rest.count) else { break }
            let head = Array(rest.prefix(position - offset))
            if !head.isEmpty { result.append(.send(head)) }
            rest.removeFirst(head.count)
            offset = position
            passed.insert(position)
            note(step, &result)
        }
        guard !hasEnded, !rest.isEmpty else { return }
        offset += rest.count
        result.append(.send(rest))
    }

    /// The first event that counts bytes and lies within the next `count` of them.
    private func nextByteEvent(within count: Int) -> (Int, FaultStep)? {
        faults.compactMap { fault -> (Int, FaultStep)? in
            guard case (.byte(let position), let step)? = Self.event(fault), !passed.contains(position),
                position >= offset, position <= offset + count
            else { return nil }
            return (position, step)
        }.min { $0.0 < $1.0 }
    }

    private mutating func note(_ step: FaultStep, _ result: inout [FaultStep]) {
        result.append(step)
        switch step {
        case .cut, .halfClose, .silence: hasEnded = true
        case .send, .pause: break
        }
    }
}
