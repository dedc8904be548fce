#if CLI
/// A value that differs from call to call: how it is recognised among recorded parameters, and the expression by which
/// pgbench's script makes one like it.
struct ScriptPlace: Sendable {
    /// How the value begins in text form.
    var prefix: String
    /// The expression for one value.
    var one: String
    /// The expression for an array of so many.
    var many: @Sendable (Int) -> String

    /// The expression in place of a parameter whose text this is; nil if it is not such a value.
    func expression(for text: String) -> String? {
        if text.hasPrefix(prefix) { return one }
        guard text.hasPrefix("{" + prefix) else { return nil }
        return many(text.split(separator: ",").count)
    }

    /// The values that differ in the calls of `AdapterCalls`.
    static let all = [
        id(beginning: "aaaaaaaa"), id(beginning: "bbbbbbbb"), run, sequence, worker, job,
    ]

    /// A new id, one after the other for each client.
    private static func id(beginning prefix: String) -> ScriptPlace {
        let head = "'\(prefix.prefix(6))' || lpad(:client_id::text, 2, '0') || '-0000-4000-8000-'"
        return ScriptPlace(
            prefix: prefix, one: "(\(head) || lpad(:seq::text, 12, '0'))::uuid",
            many: { count in
                count == 1
                    ? "ARRAY[(\(head) || lpad(:seq::text, 12, '0'))::uuid]"
                    : "ARRAY(SELECT (\(head) || lpad((:seq::int8 * \(count) + i)::text, 12, '0'))::uuid "
                        + "FROM generate_series(1, \(count)) AS i)"
            })
    }

    /// The run of the client.
    private static let run = ScriptPlace(
        prefix: AdapterWorld.runPrefix, one: "('\(AdapterWorld.runPrefix)' || :client_id::text)::uuid",
        many: { "array_fill(('\(AdapterWorld.runPrefix)' || :client_id::text)::uuid, ARRAY[\($0)])" })

    /// The place of an event in its run.
    private static let sequence = ScriptPlace(
        prefix: String(AdapterCalls.marker / 100_000), one: ":seq::int8",
        many: { count in
            count == 1
                ? "ARRAY[:seq::int8]"
                : "ARRAY(SELECT :seq::int8 * \(count) + i FROM generate_series(1, \(count)) AS i)"
        })

    private static let worker = ScriptPlace(
        prefix: "bench-worker-", one: "('bench-worker-' || :client_id::text)",
        many: { "array_fill('bench-worker-' || :client_id::text, ARRAY[\($0)])" })

    /// The jobs that the claim before has picked.
    private static let job = ScriptPlace(
        prefix: "dddddddd", one: "(current_setting('orchestrator.picked')::uuid[])[1]",
        many: { _ in "current_setting('orchestrator.picked')::uuid[]" })
}
#endif
