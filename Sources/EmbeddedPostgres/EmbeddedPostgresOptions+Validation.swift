extension EmbeddedPostgresOptions {
    /// Settings that decide how the server is reached or found, which this module owns.
    private static let reserved: Set<String> = [
        "port", "listen_addresses", "unix_socket_directories", "unix_socket_permissions", "data_directory",
        "hba_file", "ident_file", "config_file", "external_pid_file", "logging_collector",
    ]

    /// Checks every option before anything is touched.
    func validate() throws(EmbeddedPostgresError) {
        guard (1...40).contains(name.utf8.count), name.utf8.allSatisfy({ $0.isWordByte || $0 == 0x2D }) else {
            throw .invalidOption("the name of an embedded server is 1 to 40 letters, digits, '_' or '-'")
        }
        if let port, !(1...65_535).contains(port) {
            throw .invalidOption("the port \(port) is not between 1 and 65535")
        }
        if durability == .none, !ephemeral {
            throw .invalidOption(
                "durability .none is for ephemeral servers only: a named server keeps its data")
        }
        for (key, value) in settings {
            try Self.validate(setting: key, value: value)
        }
    }

    private static func validate(setting key: String, value: String) throws(EmbeddedPostgresError) {
        let first = key.utf8.first ?? 0
        let isName = key.utf8.allSatisfy { $0.isWordByte || $0 == 0x2E }
        guard isName, first.isWordByte, !(0x30...0x39).contains(first) else {
            throw .invalidOption("'\(key)' is not the name of a server setting")
        }
        if reserved.contains(key.lowercased()) {
            throw .invalidOption("the setting \(key) belongs to EmbeddedPostgres and cannot be given")
        }
        if value.utf8.contains(where: { $0 < 0x20 }) {
            throw .invalidOption("the value of the setting \(key) contains a control character")
        }
    }
}

extension UInt8 {
    /// True for an ASCII letter, digit or underscore.
    var isWordByte: Bool {
        (0x30...0x39).contains(self) || (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self)
            || self == 0x5F
    }
}
