#if CLI
import JSONModel
import PostgresMigrator

/// What a plan says, for people and for programs.
enum PlanReport {
    static func json(_ plan: MigrationPlan) -> JSONValue {
        [
            "database_version": plan.databaseVersion.map { .number($0) } ?? .null,
            "program_version": .number(plan.programVersion), "pending": .number(plan.pending.count),
            "steps": .array(
                plan.steps.map { step in
                    [
                        "version": .number(step.migration.version), "name": .string(step.migration.name),
                        "recorded": step.recorded.map { .string($0.rawValue) } ?? .null,
                        "action": .string(step.action.rawValue),
                    ]
                }),
        ]
    }

    static func text(_ plan: MigrationPlan) -> String {
        var table = TableText("#version", "name", "recorded", "to do")
        for step in plan.steps {
            table.add(
                String(step.migration.version), step.migration.name, step.recorded?.rawValue ?? "–",
                step.action == .none ? "–" : step.action.rawValue)
        }
        let pending = plan.pending.count
        return table.text + "\n\n"
            + (pending == 0 ? "Nothing is pending." : "\(Text.count(pending, "migration")) pending.")
    }
}
#endif
