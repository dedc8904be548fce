#if CLI
import FoundationEssentials
import JSONModel
import PostgresWire

/// Everything that the doctor has to say; what was not found out is left open.
struct DoctorReport: Sendable {
    var place: String
    var connection: ConnectionFacts?
    var server: ServerFacts?
    var schema: SchemaFacts?
    var clock: ServerClock?
    var findings: [DoctorFinding] = []

    /// The worst first.
    private var sorted: [DoctorFinding] {
        DoctorFinding.Level.allCases.flatMap { level in findings.filter { $0.level == level } }
    }

    var hasErrors: Bool { findings.contains { $0.level == .error } }

    /// The one document of JSON format.
    var json: JSONValue {
        var extensions = JSONObject()
        for (name, version) in server?.extensions ?? [] { extensions[name] = .string(version) }
        return [
            "server": connection.map { .string("PostgreSQL \($0.serverVersion)") } ?? .null,
            "tls": tls,
            "authentication": connection.map { facts -> JSONValue in
                [
                    "mechanism": .string(facts.authentication),
                    "channel_binding": .bool(facts.isChannelBound),
                ]
            } ?? .null,
            "extensions": server == nil ? .null : .object(extensions),
            "migrations": schema?.json ?? .null,
            "round_trip_microseconds": clock.map {
                .number(Int(($0.roundTrip / .microseconds(1)).rounded()))
            } ?? .null,
            "clock_difference_milliseconds": clock.map {
                .number(($0.difference / .microseconds(1)).rounded() / 1_000)
            } ?? .null,
            "findings": .array(sorted.map(\.json)),
        ]
    }

    private var tls: JSONValue {
        guard let tls = connection?.tls else { return .null }
        return [
            "version": .string(tls.version), "cipher": .string(tls.cipher), "verified": .bool(tls.isVerified),
            "certificate_expires": Self.date(tls).map { .string($0.ISO8601Format()) } ?? .null,
        ]
    }

    private static func date(_ tls: TLSDescription) -> Date? {
        tls.certificateExpiry.map { Date(timeIntervalSince1970: Double($0)) }
    }

    /// The report for people: what was found out, then what to do, the worst first.
    func text(_ console: Console) -> String {
        var lines = facts.map { name, value in
            console.paint(name + String(repeating: " ", count: max(1, 13 - name.count)), .faint) + value
        }
        if !lines.isEmpty { lines.append("") }
        for finding in sorted {
            lines.append("\(Self.mark(finding.level, console)) \(finding.text).")
            lines.append(console.paint("  → \(finding.remedy).", .faint))
        }
        if findings.isEmpty { lines.append(console.paint("✓", .good) + " Nothing is wrong.") }
        return lines.joined(separator: "\n")
    }

    private static func mark(_ level: DoctorFinding.Level, _ console: Console) -> String {
        switch level {
        case .error: console.paint("✗ error  ", .bad)
        case .warning: console.paint("! warning", .warning)
        case .note: console.paint("· note   ", .faint)
        }
    }

    private var facts: [(String, String)] {
        guard let connection else { return [] }
        var facts = [("server", "PostgreSQL \(connection.serverVersion) at \(connection.endpoint)")]
        if let server { facts.append(("session", "role \(server.role), database \(server.database)")) }
        facts.append(("encryption", encryption(connection)))
        facts.append(
            (
                "login",
                connection.authentication + (connection.isChannelBound ? ", bound to the certificate" : "")
            ))
        if let clock {
            let difference = clock.difference / .milliseconds(1)
            facts.append(("round trip", Text.decimal(clock.roundTrip / .milliseconds(1), places: 3) + " ms"))
            facts.append(
                (
                    "clock",
                    "\(Text.decimal(abs(difference), places: 3)) ms \(difference < 0 ? "behind" : "ahead of") ours"
                ))
        }
        if let server {
            facts.append(
                ("extensions", server.extensions.map { "\($0.name) \($0.version)" }.joined(separator: ", ")))
        }
        if let schema { facts.append(("migrations", schema.text)) }
        return facts
    }

    private func encryption(_ connection: ConnectionFacts) -> String {
        guard let tls = connection.tls else {
            return connection.endpoint.isUnixSocket ? "none (Unix socket)" : "none"
        }
        var text = "\(tls.version) \(tls.cipher), server \(tls.isVerified ? "verified" : "not verified")"
        if let date = Self.date(tls) { text += ", certificate ends \(date.ISO8601Format().prefix(10))" }
        return text
    }
}
#endif
