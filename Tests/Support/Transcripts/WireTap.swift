import Dispatch
import Locking

/// A proxy on the loopback address that passes everything on and keeps a transcript of each connection.
package final class WireTap: Sendable {
    private struct Recording {
        var entries: [Transcript.Entry] = []
        var client = MessageSplitter(.client)
        var server = MessageSplitter(.server)
        var openDirections = 2
    }

    private struct State {
        var recordings: [Recording] = []
    }

    private let listener: LoopbackListener
    private let serverPort: Int
    private let state = Lock(State())
    private let ended = DispatchSemaphore(value: 0)

    /// Where clients connect.
    package var port: Int { listener.port }

    /// Listens before a server on the loopback address.
    package init(serverPort: Int) throws {
        listener = try LoopbackListener()
        self.serverPort = serverPort
        Thread.detach { [self] in serve() }
    }

    /// Waits, at most ten seconds, until a connection has ended, and returns the transcripts of all so far.
    package func finish() -> [Transcript] {
        _ = ended.wait(timeout: .now() + 10)
        return state.withLock { $0.recordings.map { Transcript(entries: $0.entries) } }
    }

    /// Refuses further connections.
    package func close() { listener.close() }

    private func serve() {
        while let client = try? listener.accept() {
            guard let server = try? LoopbackSocket.connect(port: serverPort) else { continue }
            let index = state.withLock { state in
                state.recordings.append(Recording())
                return state.recordings.count - 1
            }
            Thread.detach { [self] in pass(from: client, to: server, .client, index) }
            Thread.detach { [self] in pass(from: server, to: client, .server, index) }
        }
    }

    private func pass(
        from source: LoopbackSocket, to target: LoopbackSocket, _ speaker: Transcript.Speaker, _ index: Int
    ) {
        while let bytes = try? source.read(), !bytes.isEmpty {
            // Noted before it is passed on: the answer must come behind it.
            state.withLock { Self.note(bytes, speaker, &$0.recordings[index]) }
            guard (try? target.write(bytes)) != nil else { break }
        }
        target.endWriting()
        let isOver = state.withLock { state in
            state.recordings[index].openDirections -= 1
            return state.recordings[index].openDirections == 0
        }
        if isOver { ended.signal() }
    }

    private static func note(
        _ bytes: [UInt8], _ speaker: Transcript.Speaker, _ recording: inout Recording
    ) {
        switch speaker {
        case .client:
            for entry in recording.client.take(bytes) {
                if entry.name == "EncryptionRequest" { recording.server.expectAnswer() }
                recording.entries.append(entry)
            }
        case .server: recording.entries += recording.server.take(bytes)
        }
    }
}
