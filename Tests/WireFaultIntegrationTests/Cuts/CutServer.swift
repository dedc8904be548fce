import Dispatch
import Locking
import TestSupport

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Plays one conversation after another to one client after another, and disturbs each where it is told to.
final class CutServer: Sendable {
    private struct State {
        var play: Play?
        var cut: Cut?
    }

    private let listener: LoopbackListener
    private let state = Lock(State())

    var port: Int { listener.port }

    init() throws {
        listener = try LoopbackListener()
        // A queue of its own is a thread of its own: everything here blocks.
        DispatchQueue(label: "tests.cuts").async { [self] in
            while let client = try? listener.accept() { serve(client) }
        }
    }

    /// Says what the next connection is to meet.
    func prepare(_ play: Play, _ cut: Cut) {
        state.withLock { state in
            state.play = play
            state.cut = cut
        }
    }

    func stop() { listener.close() }

    private func serve(_ client: LoopbackSocket) {
        let (play, cut) = state.withLock { ($0.play, $0.cut) }
        guard let play, let cut else { return }
        let session = ClientMessages(client)
        var said = 0
        var isDisturbed = false
        for step in play.steps {
            switch step {
            case .wait(let count): guard session.take(count) else { return client.end() }
            case .say(let bytes):
                if !isDisturbed, said + bytes.count >= cut.offset {
                    isDisturbed = true
                    guard disturb(client, session, bytes, at: cut.offset - said, cut) else { return }
                } else {
                    guard (try? client.write(bytes)) != nil else { return }
                }
                said += bytes.count
            }
        }
        client.end()
    }

    /// Says `bytes` with the disturbance in them; false if nothing can follow.
    private func disturb(
        _ client: LoopbackSocket, _ session: ClientMessages, _ bytes: [UInt8], at place: Int, _ cut: Cut
    ) -> Bool {
        var head = bytes[..<place]
        if cut.kind == .flip, let last = head.indices.last { head[last] ^= 1 << UInt8(cut.offset % 8) }
        guard (try? client.write(head)) != nil else { return false }
        switch cut.kind {
        case .finish:
            client.end()
            return false
        case .reset:
            client.resetOnClose()
            return false
        case .halfClose:
            client.endWriting()
            session.takeAll()
            return false
        case .flip: return (try? client.write(bytes[place...])) != nil
        case .split:
            usleep(200)
            return (try? client.write(bytes[place...])) != nil
        }
    }
}
