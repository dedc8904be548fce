import TestSupport

/// Counts the messages of a client; what they say does not matter here.
final class ClientMessages {
    private let socket: LoopbackSocket
    private var pending: [UInt8] = []
    private var position = 0
    private var isFirst = true

    init(_ socket: LoopbackSocket) { self.socket = socket }

    /// Waits for this many messages; false if the client has gone.
    func take(_ count: Int) -> Bool {
        var left = count
        while left > 0 {
            if let end = endOfMessage {
                position = end
                isFirst = false
                left -= 1
                continue
            }
            guard let bytes = try? socket.read(), !bytes.isEmpty else { return false }
            pending = Array(pending[position...]) + bytes
            position = 0
        }
        return true
    }

    /// Reads until the client has gone.
    func takeAll() {
        while let bytes = try? socket.read(), !bytes.isEmpty {}
    }

    private var endOfMessage: Int? {
        let start = position + (isFirst ? 0 : 1)
        guard pending.count >= start + 4 else { return nil }
        let length = pending[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
        return pending.count >= start + length ? start + length : nil
    }
}
