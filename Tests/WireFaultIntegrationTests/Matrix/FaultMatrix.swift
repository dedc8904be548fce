import Foundation
import Locking
import TestSupport

/// What faults came to: one table for each kind of fault, printed and kept in a file by the run.
///
/// Files are in `.build/fault-matrix`, or where `ORCHESTRATOR_FAULT_MATRIX` says.
struct FaultMatrix: Sendable {
    /// One line of a table.
    struct Row: Sendable {
        var outcomes: [String: Int] = [:]
        var worst = Duration.zero
        var memoryKiB = 0
    }

    private let title: String
    private let rows = SharedRows()

    init(_ title: String) { self.title = title }

    /// Notes what one fault came to.
    func note(_ fault: String, _ outcome: String, _ time: Duration, memoryKiB: Int = 0) {
        rows.update(fault) { row in
            row.outcomes[outcome, default: 0] += 1
            row.worst = max(row.worst, time)
            row.memoryKiB = max(row.memoryKiB, memoryKiB)
        }
    }

    /// How often something came of a fault, over all faults.
    func count(_ outcome: String) -> Int { rows.all.reduce(0) { $0 + ($1.1.outcomes[outcome] ?? 0) } }

    /// How many faults there were.
    var total: Int { rows.all.reduce(0) { $0 + $1.1.outcomes.values.reduce(0, +) } }

    /// The table in Markdown.
    var table: String {
        let head = "| fault | times | what happened | worst time | memory growth |\n|---|--:|---|--:|--:|\n"
        let lines = rows.all.map { name, row in
            let outcomes = row.outcomes.sorted { $0.key < $1.key }.map { "\($0.key) × \($0.value)" }
            let count = row.outcomes.values.reduce(0, +)
            let time = (row.worst / .milliseconds(1)).rounded()
            return
                "| \(name) | \(count) | \(outcomes.joined(separator: ", ")) | \(Int(time)) ms | \(row.memoryKiB) KiB |"
        }
        return "## \(title)\n\n" + head + lines.joined(separator: "\n") + "\n"
    }

    /// Prints the table and writes it to a file of its own.
    func publish(as name: String) throws {
        print(table)
        let folder =
            ProcessInfo.processInfo.environment["ORCHESTRATOR_FAULT_MATRIX"].map { URL(filePath: $0) }
            ?? RepositoryRoot.url.appending(path: ".build/fault-matrix")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(table.utf8).write(to: folder.appending(path: name + ".md"))
    }
}

/// Rows in the order in which their faults were first noted.
private final class SharedRows: Sendable {
    private struct State {
        var order: [String] = []
        var rows: [String: FaultMatrix.Row] = [:]
    }

    private let state = Lock(State())

    func update(_ name: String, _ change: @Sendable (inout FaultMatrix.Row) -> Void) {
        state.withLock { state in
            if state.rows[name] == nil { state.order.append(name) }
            change(&state.rows[name, default: FaultMatrix.Row()])
        }
    }

    var all: [(String, FaultMatrix.Row)] {
        state.withLock { state in state.order.map { ($0, state.rows[$0] ?? FaultMatrix.Row()) } }
    }
}
