#if CLI
import ArgumentParser

/// What is measured.
enum BenchSuite: String, ExpressibleByArgument, CaseIterable, Sendable {
    case client
    case adapters

    /// The names that were asked for, all if none were.
    ///
    /// - Throws: `CommandFailure` for a name that is not among `known`.
    static func chosen<Item>(
        _ names: [String], among items: [Item], name: (Item) -> String
    ) throws -> [Item] {
        guard !names.isEmpty else { return items }
        for wanted in names where !items.contains(where: { name($0) == wanted }) {
            throw CommandFailure(
                .configuration, "There is no workload \(wanted) in this suite",
                remedy: "Choose among \(items.map(name).joined(separator: ", "))")
        }
        return items.filter { names.contains(name($0)) }
    }
}
#endif
