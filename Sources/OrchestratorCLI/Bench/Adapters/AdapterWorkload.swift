#if CLI
import PostgresWire

/// Calls of an adapter, by one or several clients at once.
struct AdapterWorkload: BenchWorkload {
    let name: String
    /// How many clients call at the same time, each on a connection of its own.
    let clients: Int
    /// How many calls each client makes.
    let calls: Int
    /// How many items a call is about.
    var items = 1
    var single: String?
    /// How many jobs wait for each call.
    var jobs = 0
    let world: AdapterWorld
    /// What is in place of a value that differs from call to call, where pgbench sends the same statements.
    var places: [ScriptPlace] = ScriptPlace.all
    /// Makes one call.
    let call: @Sendable (AdapterCalls, _ client: Int, _ index: Int) async throws -> Void

    func prepare() async throws { try await world.reset(jobs: jobs * clients * calls) }
}
#endif
