#if CLI
import EmbeddedPostgres
import FoundationEssentials
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif
import PostgresWire

extension ChaosDriver {
    /// Does what the mode does, if it is time, and fills the places of workers that have died.
    mutating func doHarm() async throws {
        switch settings.mode {
        case .points: try await killLate()
        case .random: try await killAny()
        case .pause: pauseAny()
        case .server: try await endSessions()
        case .syscalls, .commit, .clock: break
        }
        try await refill()
    }

    /// Starts a worker in each place whose worker has died.
    private mutating func refill() async throws {
        for index in slots.indices {
            guard let ending = slots[index].worker.ending else { continue }
            let slot = slots[index]
            guard let point = cause(slot, ending) else {
                let words = slot.worker.lastWords.split(separator: "\n").last.map { ": \($0)" } ?? ""
                throw CommandFailure(
                    .checkFailed, "\(slot.worker.id) ended by itself\(words)",
                    remedy: "Run it again with --verbose", details: slot.worker.lastWords)
            }
            try await note(point, worker: slot.worker.id)
            slots[index] = try start()
        }
    }

    /// Of what a worker died; nil if by itself.
    private func cause(_ slot: ChaosSlot, _ ending: ChildResult.Ending) -> String? {
        if let note = KillNote(in: slot.worker.lastWords) { return note.plan.point.rawValue }
        if let label = slot.label { return label }
        return ending == .signalled(SIGKILL) ? "any time" : nil
    }

    private mutating func note(_ point: String, worker: String) async throws {
        let held = try? await client.collect(
            """
            SELECT run_id, clock_timestamp() FROM workflow_jobs
            WHERE worker_id = \(worker) AND status = 'active'
            """, as: (UUID, Date).self)
        kills.append(ChaosKill(point: point, runs: held?.map(\.0) ?? [], time: held?.first?.1 ?? Date()))
    }

    /// Kills workers whose plan does not come to pass: their point lies in a part that no run of theirs has left.
    private mutating func killLate() async throws {
        for slot in slots
        where slot.plan != nil && slot.startedAt.duration(to: .now) > ChaosSettings.patienceWithPlan {
            slot.worker.kill()
        }
    }

    private mutating func killAny() async throws {
        guard harms < settings.points, nextHarm <= .now else { return }
        nextHarm = .now.advanced(by: .milliseconds(Int.random(in: 50...500, using: &generator)))
        let index = Int.random(in: slots.indices, using: &generator)
        guard slots[index].worker.isRunning else { return }
        slots[index].worker.kill()
        harms += 1
    }

    private mutating func pauseAny() {
        for index in slots.indices {
            guard let end = slots[index].frozenUntil, end <= .now else { continue }
            slots[index].worker.thaw()
            slots[index].frozenUntil = nil
        }
        let isEnough = slots.count { $0.frozenUntil != nil } >= slots.count - 1
        guard harms < settings.points, nextHarm <= .now, !isEnough else { return }
        nextHarm = .now.advanced(by: .milliseconds(Int.random(in: 50...500, using: &generator)))
        let free = slots.indices.filter { slots[$0].frozenUntil == nil }
        guard let index = free.randomElement(using: &generator) else { return }
        slots[index].worker.freeze()
        slots[index].frozenUntil = .now.advanced(by: ChaosSettings.visibilityTimeout * 3)
        harms += 1
    }

    private mutating func endSessions() async throws {
        guard harms < settings.points, nextHarm <= .now else { return }
        nextHarm = .now.advanced(by: .milliseconds(Int.random(in: 50...300, using: &generator)))
        let ended = try? await client.collect(
            """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid()
                AND application_name LIKE 'chaos-%'
            ORDER BY random() LIMIT 1
            """, as: Bool.self)
        harms += ended?.count ?? 0
    }
}
#endif
