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
        case .pause: try await pauseAny()
        case .server: try await harmServer()
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

    private mutating func note(_ point: String, worker: String?, isDeath: Bool = true) async throws {
        let held = try? await client.collect(
            """
            SELECT run_id, clock_timestamp() FROM workflow_jobs
            WHERE worker_id = coalesce(\(worker), worker_id) AND status = 'active'
            """, as: (UUID, Date).self)
        kills.append(
            ChaosKill(
                point: point, runs: held?.map(\.0) ?? [], time: held?.first?.1 ?? Date(), isDeath: isDeath))
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

    private mutating func pauseAny() async throws {
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
        try await note("paused", worker: slots[index].worker.id, isDeath: false)
        slots[index].worker.freeze()
        slots[index].frozenUntil = .now.advanced(by: ChaosSettings.visibilityTimeout * 3)
        harms += 1
    }

    /// Ends a session of a worker, or now and then the whole server.
    private mutating func harmServer() async throws {
        guard harms < settings.points, nextHarm <= .now else { return }
        nextHarm = .now.advanced(by: .milliseconds(Int.random(in: 50...300, using: &generator)))
        if let victim, harms % ChaosSettings.crashEvery == ChaosSettings.crashEvery - 1 {
            try await note("server killed", worker: nil, isDeath: false)
            try await victim.crash()
            harms += 1
            return
        }
        let ended = try? await client.collect(
            """
            SELECT application_name, pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid()
                AND application_name LIKE 'chaos-%'
            ORDER BY random() LIMIT 1
            """, as: (String, Bool).self)
        for (worker, _) in ended ?? [] {
            try await note("session ended", worker: worker, isDeath: false)
            harms += 1
        }
    }
}
#endif
