/// The SQL of a call as observers are told it.
struct ObservedText {
    /// How many statements of a batch are looked at; runs of the same one count once.
    static let maximumStatements = 64

    private(set) var text: String?
    private(set) var summary = ""

    /// Reads the statements of one call.
    ///
    /// `hasPlainStrings` is the server's `standard_conforming_strings`, by which a literal's end is found.
    init(_ statements: [String], _ policy: ObservationOptions.QueryText, hasPlainStrings: Bool = true) {
        var texts: [String] = []
        var bytes = 0
        var last: String?
        var hasOneSummary = true
        var count = 0
        for sql in statements where sql != last {
            last = sql
            count += 1
            guard count <= Self.maximumStatements else {
                hasOneSummary = false
                break
            }
            let (told, found) = Self.read(sql, policy, hasPlainStrings)
            if count == 1 { summary = found } else if found != summary { hasOneSummary = false }
            bytes += told.utf8.count
            if bytes <= ObservationOptions.maximumTextBytes { texts.append(told) }
        }
        if policy != .none { text = texts.joined(separator: "; ") }
        guard statements.count > 1 else { return }
        summary = hasOneSummary && !summary.isEmpty ? "BATCH \(summary)" : "BATCH"
    }

    private static func read(
        _ sql: String, _ policy: ObservationOptions.QueryText, _ hasPlainStrings: Bool
    ) -> (text: String, summary: String) {
        let bytes = Array(sql.utf8.prefix(ObservationOptions.maximumTextBytes))
        var scanner = SQLScanner(bytes, hasPlainStrings: hasPlainStrings)
        var summary = SQLSummary()
        var output: [UInt8] = []
        if policy == .redacted { output.reserveCapacity(bytes.count) }
        while let token = scanner.next() {
            summary.take(token.kind, bytes[token.bytes])
            guard policy == .redacted else { continue }
            switch token.kind {
            case .literal: output.append(UInt8(ascii: "?"))
            case .space, .comment:
                if let last = output.last, last != UInt8(ascii: " ") { output.append(UInt8(ascii: " ")) }
            default: output += bytes[token.bytes]
            }
        }
        summary.finish()
        if policy == .full { output = bytes }
        if policy == .redacted, output.last == UInt8(ascii: " ") { output.removeLast() }
        return (String(decoding: output, as: UTF8.self), summary.text)
    }
}
