#if CLI
/// Kills a worker at every send, then at every receive: the first, the second, and so on, as strace counts them.
///
/// It counts for each thread of a process, so the sweep of a call ends when so high a count was not reached.
struct SystemCallSweep: Sendable {
    private static let calls = ["sendto", "recvfrom"]

    private(set) var count = 0
    private(set) var label: String?

    /// Whether as many kills were planned as asked for.
    func isOver(limit: Int) -> Bool { count >= limit }

    /// How the next worker is started.
    mutating func next(_ launcher: Launcher, number: Int, limit: Int) -> [String] {
        label = nil
        switch launcher {
        case .none: return []
        case .faketime(let path):
            let offsets = ["+1 day", "-2 hours", "+0", "-1 day"]
            return [path, "-f", offsets[number % offsets.count]]
        case .strace(let path):
            guard count < limit else { return [] }
            let call = Self.calls[count % Self.calls.count]
            let hit = count / Self.calls.count + 1
            count += 1
            label = "\(call) \(hit)"
            return [
                path, "-f", "-qq", "-o", "/dev/null", "-e", "trace=\(call)", "-e",
                "inject=\(call):signal=KILL:when=\(hit)",
            ]
        }
    }
}
#endif
