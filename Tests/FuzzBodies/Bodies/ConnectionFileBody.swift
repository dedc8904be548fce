import PostgresWire

/// Files of passwords and of services.
enum ConnectionFileBody {
    static func complaint(_ bytes: [UInt8]) -> String? {
        _ = PasswordFile(bytes).password(host: "db", port: 5_432, database: "shop", user: "app")
        guard let file = try? ServiceFile(bytes) else { return nil }
        _ = try? file.values(of: "shop")
        return nil
    }
}
