import Locking

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// One client's connection through a `FaultProxy`: two threads that pass on what is said, or do not.
final class FaultConnection: Sendable {
    private struct State {
        var client: FaultScript
        var server: FaultScript
        var isSilent = false
        var isCut = false
        var openDirections = 2
    }

    private let number: Int
    private let client: LoopbackSocket
    private let server: LoopbackSocket
    private let faults: [Fault]
    private let proxy: FaultProxy
    private let state: Lock<State>

    init(
        _ number: Int, _ client: LoopbackSocket, _ server: LoopbackSocket, _ faults: [Fault],
        _ proxy: FaultProxy
    ) {
        self.number = number
        self.client = client
        self.server = server
        self.faults = faults
        self.proxy = proxy
        state = Lock(
            State(
                client: FaultScript(Self.kinds(faults, of: .client), .client),
                server: FaultScript(Self.kinds(faults, of: .server), .server)))
        client.waitForEver()
        server.waitForEver()
    }

    /// Begins to pass on.
    func start() {
        Thread.detach { [self] in
            pass(from: client, to: server, .client)
            directionEnded()
        }
        Thread.detach { [self] in
            pass(from: server, to: client, .server)
            directionEnded()
        }
    }

    /// Forgets the connection with its second direction: until then `stop` must be able to end it.
    private func directionEnded() {
        let isOver = state.withLock { state in
            state.openDirections -= 1
            return state.openDirections == 0
        }
        if isOver { proxy.forget(number) }
    }

    /// Ends both sides.
    func end() {
        client.end()
        server.end()
    }

    private static func kinds(_ faults: [Fault], of speaker: Transcript.Speaker) -> [Fault.Kind] {
        faults.filter { $0.speaker == speaker }.map(\.kind)
    }

    private func pass(from source: LoopbackSocket, to target: LoopbackSocket, _ speaker: Transcript.Speaker) {
        let kinds = Self.kinds(faults, of: speaker)
        var shape = FaultShape(kinds)
        while var bytes = try? source.read(), !bytes.isEmpty {
            if let window = shape.window { bytes += source.readMore(for: window) }
            if speaker == .client, answerForServer(bytes) { continue }
            for step in steps(bytes, speaker) {
                guard perform(step, on: target, &shape) else { return }
            }
        }
        // A proxy that has fallen silent does not pass on ends either, and a reset must be all that is seen of a cut.
        guard !isSilent, !state.withLock({ $0.isCut }) else { return }
        let rest = withScript(speaker) { $0.finish() }
        for step in rest { guard perform(step, on: target, &shape) else { return } }
        target.endWriting()
    }

    private var isSilent: Bool { state.withLock { $0.isSilent } || proxy.isSilent }

    private func withScript<Result: Sendable>(
        _ speaker: Transcript.Speaker, _ body: (inout FaultScript) -> Result
    ) -> Result {
        state.withLock { speaker == .client ? body(&$0.client) : body(&$0.server) }
    }

    private func steps(_ bytes: [UInt8], _ speaker: Transcript.Speaker) -> [FaultStep] {
        state.withLock { state in
            switch speaker {
            case .client:
                if Self.asksForEncryption(bytes) { state.server.expectAnswer() }
                return state.client.take(bytes)
            case .server:
                let isAnswer = state.server.expectsAnswer
                let steps = state.server.take(bytes)
                if isAnswer, bytes.first == 0x53 {
                    state.client.becomeOpaque()
                    state.server.becomeOpaque()
                }
                return steps
            }
        }
    }

    /// Answers a request for TLS in place of the server if a fault says so; true if it has.
    private func answerForServer(_ bytes: [UInt8]) -> Bool {
        guard Self.asksForEncryption(bytes) else { return false }
        for case .encryption(let answer, let closes) in faults.map(\.kind) {
            _ = withScript(.client) { $0.take(bytes) }
            try? client.write(answer)
            if closes { end() }
            return true
        }
        return false
    }

    private static func asksForEncryption(_ bytes: [UInt8]) -> Bool {
        bytes == [0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]
    }

    /// Does one step; false if this direction is over.
    private func perform(_ step: FaultStep, on target: LoopbackSocket, _ shape: inout FaultShape) -> Bool {
        switch step {
        case .send(let bytes): return send(bytes, to: target, &shape)
        case .pause(let time): wait(time)
        case .halfClose:
            target.endWriting()
            return false
        case .silence(let reach):
            switch reach {
            case .direction: return drain(target === client ? server : client)
            case .connection: state.withLock { $0.isSilent = true }
            case .network: proxy.fallSilent()
            }
        case .cut(let ending):
            cut(ending)
            return false
        }
        return true
    }

    private func send(_ bytes: [UInt8], to target: LoopbackSocket, _ shape: inout FaultShape) -> Bool {
        wait(shape.nextDelay())
        if isSilent { return true }
        do {
            let size = shape.pieceBytes ?? bytes.count
            for start in stride(from: 0, to: bytes.count, by: max(1, size)) {
                try target.write(bytes[start..<min(start + size, bytes.count)])
            }
            return true
        } catch {
            return false
        }
    }

    /// Reads and drops what this side says until it ends.
    private func drain(_ source: LoopbackSocket) -> Bool {
        while let bytes = try? source.read(), !bytes.isEmpty {}
        return false
    }

    private func cut(_ ending: FaultEnding) {
        state.withLock { $0.isCut = true }
        guard ending == .reset else { return end() }
        // The reset leaves when the last holder lets go of the socket, so no thread may go on reading it.
        client.resetOnClose()
        client.endReading()
        server.end()
    }

    private func wait(_ time: Duration) {
        guard time > .zero else { return }
        let parts = time.components
        usleep(UInt32(clamping: parts.seconds * 1_000_000 + parts.attoseconds / 1_000_000_000_000))
    }
}
