/// Format codes as they stand in a line of a trace.
enum TraceFormats {
    /// `binary` or `text` if all are the same, else one for each; none means text.
    static func text(_ codes: [Int16]) -> String {
        guard let first = codes.first else { return "text" }
        if codes.allSatisfy({ $0 == first }) { return name(first) }
        return codes.map(name).joined(separator: ",")
    }

    private static func name(_ code: Int16) -> String {
        switch code {
        case 0: "text"
        case 1: "binary"
        default: "unknown (\(code))"
        }
    }
}
