#if CLI
import PostgresWire

/// This package's adapters, on a pool with a connection for each client.
struct AdapterDriver: BenchDriver {
    let name = "orchestrator"

    func objection(to workload: AdapterWorkload) async throws -> String? { nil }

    func run(_ workload: AdapterWorkload) async throws -> BenchSample {
        var configuration = PostgresClientConfiguration(workload.world.configuration)
        configuration.maximumConnections = workload.clients
        configuration.maximumOpening = workload.clients
        let client = PostgresClient(configuration)
        do {
            let sample = try await measure(workload, AdapterCalls(client))
            await client.shutdown()
            return sample
        } catch {
            await client.shutdown()
            throw error
        }
    }

    private func measure(_ workload: AdapterWorkload, _ calls: AdapterCalls) async throws -> BenchSample {
        try await open(workload.clients, on: calls.client)
        try await calls.verify()
        let before = ResourceUse.ofThisProcess
        let began = ContinuousClock.now
        let latencies = try await withThrowingTaskGroup(of: [Double].self) { group in
            for client in 0..<workload.clients {
                group.addTask { try await Self.call(workload, calls, client) }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        let seconds = began.duration(to: .now) / .seconds(1)
        let after = ResourceUse.ofThisProcess
        return BenchSample(
            items: latencies.count * workload.items, seconds: seconds,
            processorMicroseconds: after.processorMicroseconds - before.processorMicroseconds,
            switches: after.switches - before.switches, latencies: latencies)
    }

    @concurrent
    private static func call(
        _ workload: AdapterWorkload, _ calls: AdapterCalls, _ client: Int
    ) async throws -> [Double] {
        var latencies: [Double] = []
        latencies.reserveCapacity(workload.calls)
        for index in 0..<workload.calls {
            let began = ContinuousClock.now
            try await workload.call(calls, client, index)
            latencies.append(began.duration(to: .now) / .microseconds(1))
        }
        return latencies
    }

    /// Opens all connections: each is in use until all are.
    private func open(_ count: Int, on client: PostgresClient) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<count { group.addTask { try await client.execute("SELECT pg_sleep(0.05)") } }
            try await group.waitForAll()
        }
    }
}
#endif
