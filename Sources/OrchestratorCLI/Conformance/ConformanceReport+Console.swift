#if CLI
import AdapterConformance
import FoundationEssentials

extension ConformanceReport {
    /// The report for people: a line for each contract, then what is broken and what was not checked.
    func text(_ console: Console, withAll isDetailed: Bool) -> String {
        var table = TableText("contract", "#kept", "#broken", "#not checked", "#seconds")
        for contract in Contract.allCases {
            let own = results.filter { $0.promise.contract == contract }
            guard !own.isEmpty else { continue }
            func count(_ status: PromiseResult.Status) -> String {
                Text.count(own.count { $0.status == status })
            }
            table.add(
                contract.rawValue, count(.passed), count(.failed), count(.skipped),
                Text.decimal(own.reduce(0) { $0 + $1.seconds }, places: 1))
        }
        var lines = [table.text, ""]
        for result in results where isDetailed || result.status == .failed {
            lines.append(result.line(console))
        }
        let reasons = Set(results.filter { $0.status == .skipped }.compactMap(\.detail)).sorted()
        lines += reasons.map { "not checked: \($0)" }
        let place = server.map { " on \($0)" } ?? ""
        lines.append(
            isConforming
                ? console.paint("\(subject)\(place) keeps its promises.", .good)
                : console.paint(
                    "\(subject)\(place) breaks \(Text.count(failures.count, "promise")).", .bad))
        return lines.joined(separator: "\n")
    }

    /// Writes the report to a file, in the form that its name asks for.
    func write(to path: String) throws {
        do {
            try Data((path.hasSuffix(".xml") ? junit : html).utf8)
                .write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw CommandFailure(
                .configuration, "The report cannot be written to \(path)",
                remedy: "Name a file in a folder that exists and is yours", details: "\(error)")
        }
    }
}

extension PromiseResult {
    fileprivate func line(_ console: Console) -> String {
        let mark =
            switch status {
            case .passed: console.paint("kept   ", .good)
            case .failed: console.paint("BROKEN ", .bad)
            case .skipped: console.paint("skipped", .faint)
            }
        let reason = detail.map { "\n        \($0)" } ?? ""
        return "\(mark) \(promise.id) \(promise.text)\(reason)"
    }
}
#endif
