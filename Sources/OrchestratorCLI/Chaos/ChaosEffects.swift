#if CLI
import Orchestrator
import PostgresWire

/// The table in which the handlers of the chaos workflow leave their traces.
///
/// It has no unique key: what happens twice is to be seen.
enum ChaosEffects {
    static let table = """
        CREATE TABLE chaos_effects (
            id bigint GENERATED ALWAYS AS IDENTITY,
            run_id uuid NOT NULL,
            step_key text NOT NULL,
            node_id text NOT NULL,
            iteration integer NOT NULL,
            item integer,
            is_transactional boolean NOT NULL,
            process_id integer NOT NULL,
            made_at timestamptz NOT NULL DEFAULT clock_timestamp())
        """

    static func insert(_ context: NodeContext, isTransactional: Bool) -> PostgresQuery {
        """
        INSERT INTO chaos_effects (run_id, step_key, node_id, iteration, item, is_transactional, process_id)
        VALUES (\(context.runID), \(context.stepKey), \(context.node.id), \(Int32(context.iteration)),
            \(context.mapItem.map { Int32($0.index) }), \(isTransactional), \(Int32(Machine.processID)))
        """
    }
}
#endif
