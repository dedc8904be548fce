#if CLI
/// The workloads of `--suite adapters`.
enum AdapterWorkloads {
    /// All of them.
    ///
    /// - Parameters:
    ///   - world: Where they work.
    ///   - scale: How much work a round is, as a multiple of the usual.
    /// - Returns: The workloads, in the order in which they are reported.
    static func all(in world: AdapterWorld, scale: Double) -> [AdapterWorkload] {
        func count(_ usual: Int) -> Int { max(2, Int(Double(usual) * scale)) }
        var workloads: [AdapterWorkload] = []
        for clients in [1, 4, 8] {
            workloads.append(
                AdapterWorkload(
                    name: "append_\(clients)", clients: clients, calls: count(3_000 / clients), world: world
                ) { try await $0.append($1, $2) })
        }
        workloads.append(
            AdapterWorkload(
                name: "append_batch", clients: 1, calls: count(200), items: 50, single: "append_1",
                world: world
            ) { try await $0.append($1, $2, count: 50) })
        workloads.append(
            AdapterWorkload(name: "snapshot", clients: 1, calls: count(1_500), world: world) {
                calls, client, _ in
                try await calls.snapshot(client)
            })
        workloads.append(
            AdapterWorkload(name: "enqueue", clients: 1, calls: count(2_000), world: world) { calls, _, _ in
                try await calls.enqueue(1)
            })
        workloads.append(
            AdapterWorkload(
                name: "enqueue_batch", clients: 1, calls: count(100), items: 50, single: "enqueue",
                world: world
            ) { calls, _, _ in try await calls.enqueue(50) })
        for clients in [1, 4, 8] {
            workloads.append(
                AdapterWorkload(
                    name: "claim_ack_\(clients)", clients: clients, calls: count(1_200 / clients), jobs: 1,
                    world: world
                ) { calls, client, _ in try await calls.claimAndAcknowledge(client, count: 1) })
        }
        workloads.append(
            AdapterWorkload(
                name: "claim_ack_batch", clients: 1, calls: count(60), items: 50, single: "claim_ack_1",
                jobs: 50, world: world
            ) { calls, client, _ in try await calls.claimAndAcknowledge(client, count: 50) })
        workloads.append(
            AdapterWorkload(name: "agent_load", clients: 1, calls: count(5_000), world: world) {
                calls, _, _ in
                try await calls.loadAgent(world.agentID)
            })
        workloads.append(
            AdapterWorkload(name: "usage", clients: 1, calls: count(2_000), world: world) {
                calls, client, _ in
                try await calls.recordUsage(client)
            })
        workloads.append(
            AdapterWorkload(name: "step_commit", clients: 1, calls: count(1_200), world: world) {
                try await $0.commitStep($1, $2)
            })
        return workloads
    }
}
#endif
