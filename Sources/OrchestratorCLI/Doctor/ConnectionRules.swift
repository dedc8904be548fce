#if CLI
import FoundationEssentials
import PostgresWire

/// What can be wrong with the way to a server.
enum ConnectionRules {
    static func findings(_ facts: ConnectionFacts, now: Date) -> [DoctorFinding] {
        encryption(facts, now: now) + login(facts)
    }

    private static func encryption(_ facts: ConnectionFacts, now: Date) -> [DoctorFinding] {
        guard let tls = facts.tls else {
            guard !facts.endpoint.isLocal else { return [] }
            return [
                DoctorFinding(
                    .warning,
                    "The connection to \(facts.endpoint) is not encrypted: everybody on the way can read it",
                    remedy: "Turn ssl on in the server and use sslmode=verify-full")
            ]
        }
        var findings: [DoctorFinding] = []
        if facts.tlsMode != .verifyFull {
            let what =
                tls.isVerified
                ? "verifies the certificate and not that it is the host's"
                : "encrypts without knowing with whom"
            findings.append(
                DoctorFinding(
                    facts.endpoint.isLocal ? .note : .warning, "sslmode=\(facts.tlsMode.rawValue) \(what)",
                    remedy: "Use sslmode=verify-full, with sslrootcert if an authority of your own signed"))
        }
        if let expiry = tls.certificateExpiry {
            let days = (Double(expiry) - now.timeIntervalSince1970) / 86_400
            if days < 0 {
                findings.append(
                    DoctorFinding(
                        .warning, "The server's certificate ended \(Text.count(Int(-days), "day")) ago",
                        remedy: "Renew it and let the server read it with SELECT pg_reload_conf()"))
            } else if days < 30 {
                findings.append(
                    DoctorFinding(
                        .warning, "The server's certificate ends in \(Text.count(Int(days), "day"))",
                        remedy: "Renew it and let the server read it with SELECT pg_reload_conf()"))
            }
        }
        return findings
    }

    private static func login(_ facts: ConnectionFacts) -> [DoctorFinding] {
        switch facts.authentication {
        case "trust":
            [
                DoctorFinding(
                    facts.endpoint.isUnixSocket ? .note : .warning,
                    "The server lets this role in without a password (trust, or a certificate of ours)",
                    remedy:
                        "Write scram-sha-256 for it in pg_hba.conf, unless a client certificate is asked for")
            ]
        case "md5":
            [
                DoctorFinding(
                    .warning, "The password travels as MD5, which PostgreSQL is giving up",
                    remedy: "Set password_encryption = 'scram-sha-256' and give the role its password again")
            ]
        case "password":
            [
                DoctorFinding(
                    .warning, "The server asks for the password itself and so learns it at every login",
                    remedy: "Write scram-sha-256 in place of password in pg_hba.conf")
            ]
        default: []
        }
    }

    /// Whether somebody stands between: the process that answers is not the one that was announced.
    static func pooler(_ facts: ConnectionFacts, _ server: ServerFacts) -> [DoctorFinding] {
        guard let announced = facts.backendProcessID, let answering = server.backendProcessID,
            announced != answering, facts.statementMode == .named
        else { return [] }
        return [
            DoctorFinding(
                .warning,
                "A pooler stands between: in its transaction mode prepared statements and LISTEN get lost",
                remedy:
                    "Let it pool sessions, or set the client's statementMode to .unnamed and listen directly")
        ]
    }

    static func clock(_ clock: ServerClock) -> [DoctorFinding] {
        let seconds = clock.difference / .seconds(1)
        guard abs(seconds) > 1 else { return [] }
        let amount = Text.decimal(abs(seconds), places: 1)
        return [
            DoctorFinding(
                .warning,
                "The server's clock is \(amount) s \(seconds > 0 ? "ahead of" : "behind") this machine's",
                remedy: "Let both machines keep time by NTP")
        ]
    }
}
#endif
