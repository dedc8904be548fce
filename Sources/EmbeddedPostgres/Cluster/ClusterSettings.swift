/// The lines of a server's own configuration file.
struct ClusterSettings: Sendable {
    static let fileName = "orchestrator.conf"
    let durability: EmbeddedPostgresDurability
    let extra: [String: String]

    /// The file's content: what this module needs, then what the options add or replace.
    var text: String {
        var values = [
            "timezone": "UTC", "log_timezone": "UTC", "lc_messages": "C", "max_connections": "100",
            "listen_addresses": "127.0.0.1", "unix_socket_permissions": "0700",
        ]
        if durability == .none {
            values["fsync"] = "off"
            values["full_page_writes"] = "off"
            values["synchronous_commit"] = "off"
        }
        values.merge(extra) { $1 }
        return values.sorted { $0.key < $1.key }.map { "\($0.key) = \(Self.quoted($0.value))\n" }.joined()
    }

    /// A value as the file wants it.
    ///
    /// Source: PostgreSQL 18 manual, "Parameter Interaction via the Configuration File".
    static func quoted(_ value: String) -> String {
        var result = "'"
        for character in value {
            if character == "'" || character == "\\" { result.append(character) }
            result.append(character)
        }
        return result + "'"
    }
}
