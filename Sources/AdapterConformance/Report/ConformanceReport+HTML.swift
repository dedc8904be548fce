extension ConformanceReport {
    /// The report as one HTML page that needs nothing else.
    public var html: String {
        let verdict =
            isConforming
            ? "<span class=\"passed\">conforms</span>"
            : "<span class=\"failed\">\(count(.failed)) broken</span>"
        let title = Markup.escaped("Conformance of \(subject)")
        let place = server.map { " on \(Markup.escaped($0))" } ?? ""
        var body = """
            <header><h1>\(title)</h1>
            <p class="verdict">\(verdict)</p>
            <p>\(results.count) promises\(place): \(count(.passed)) kept, \(count(.failed)) broken, \
            \(count(.skipped)) not checked. The checks took \(Self.text(seconds)) s.</p></header>

            """
        if !failures.isEmpty {
            body += "<section><h2>Broken</h2>" + Self.table(failures) + "</section>\n"
        }
        for contract in Contract.allCases {
            let own = results.filter { $0.promise.contract == contract }
            guard !own.isEmpty else { continue }
            let kept = own.count { $0.status == .passed }
            body +=
                "<details\(kept == own.count ? "" : " open")><summary>\(contract.rawValue) "
                + "<span class=\"count\">\(kept) of \(own.count) kept</span></summary>"
                + Self.table(own) + "</details>\n"
        }
        return """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <title>\(title)</title><style>\(Self.style)</style></head>
            <body>\(body)</body></html>

            """
    }

    private static func table(_ results: [PromiseResult]) -> String {
        let rows = results.map { result in
            let detail = result.detail.map { "<p class=\"detail\">\(Markup.escaped($0))</p>" } ?? ""
            return "<tr class=\"\(result.status.rawValue)\"><td class=\"mark\">\(mark(result.status))</td>"
                + "<td class=\"id\">\(result.promise.id)</td>"
                + "<td>\(Markup.escaped(result.promise.text))\(detail)</td>"
                + "<td class=\"time\">\(text(result.seconds * 1000)) ms</td></tr>"
        }
        return "<table>\(rows.joined(separator: "\n"))</table>"
    }

    private static func mark(_ status: PromiseResult.Status) -> String {
        switch status {
        case .passed: "✓"
        case .failed: "✗"
        case .skipped: "–"
        }
    }

    /// A number with one digit after the point.
    private static func text(_ value: Double) -> String {
        String((value * 10).rounded() / 10)
    }

    private static let style = """
        :root{color-scheme:light dark;--ok:#1a7f37;--bad:#c4182b;--dim:#777}
        @media(prefers-color-scheme:dark){:root{--ok:#4ac26b;--bad:#ff6b78;--dim:#999}}
        body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
        h1{font-size:1.6rem;margin:0}.verdict{font-size:1.3rem;font-weight:600;margin:.3rem 0}
        summary{cursor:pointer;font-weight:600;padding:.5rem 0}.count{color:var(--dim);font-weight:400}
        table{border-collapse:collapse;width:100%}td{padding:.25rem .5rem;vertical-align:top;border-top:1px solid #8884}
        .id,.time{font-family:ui-monospace,monospace;white-space:nowrap;color:var(--dim)}.time{text-align:right}
        .passed .mark,span.passed{color:var(--ok)}.failed .mark,span.failed{color:var(--bad)}
        .skipped{color:var(--dim)}.detail{margin:.2rem 0;color:var(--bad)}.skipped .detail{color:var(--dim)}
        """
}
