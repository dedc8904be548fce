extension ConformanceReport {
    /// The report in the XML form that continuous integration systems read.
    public var junit: String {
        var lines = [
            #"<?xml version="1.0" encoding="UTF-8"?>"#,
            "<testsuites tests=\"\(results.count)\" failures=\"\(count(.failed))\" "
                + "skipped=\"\(count(.skipped))\" time=\"\(seconds)\">",
        ]
        for contract in Contract.allCases {
            let own = results.filter { $0.promise.contract == contract }
            guard !own.isEmpty else { continue }
            lines.append(
                "  <testsuite name=\"\(contract.rawValue)\" tests=\"\(own.count)\" "
                    + "failures=\"\(own.count { $0.status == .failed })\" "
                    + "skipped=\"\(own.count { $0.status == .skipped })\" "
                    + "time=\"\(own.reduce(0) { $0 + $1.seconds })\">")
            for result in own { lines += result.junit(of: subject) }
            lines.append("  </testsuite>")
        }
        lines.append("</testsuites>\n")
        return lines.joined(separator: "\n")
    }
}

extension PromiseResult {
    fileprivate func junit(of subject: String) -> [String] {
        let name = Markup.escaped("\(promise.id) \(promise.text)")
        let head =
            "    <testcase classname=\"\(Markup.escaped(subject)).\(promise.contract.rawValue)\" "
            + "name=\"\(name)\" time=\"\(seconds)\""
        let message = Markup.escaped(detail ?? "")
        switch status {
        case .passed: return [head + "/>"]
        case .failed: return [head + ">", "      <failure message=\"\(message)\"/>", "    </testcase>"]
        case .skipped: return [head + ">", "      <skipped message=\"\(message)\"/>", "    </testcase>"]
        }
    }
}
