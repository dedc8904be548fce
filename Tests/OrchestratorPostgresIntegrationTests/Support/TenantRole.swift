import Foundation
import PostgresWire
import Testing

/// Who the tenant plane connects as.
enum TenantRole: String, CaseIterable, Sendable, CustomTestStringConvertible {
    /// Row-level security does not bind it: only the statements keep tenants apart.
    case superuser
    /// Owns the tables, and is bound since row-level security is forced.
    case owner
    /// A login of the role that the migrations make for tenants.
    case member

    var testDescription: String { rawValue }

    /// A pool on the database with this role.
    func client(on database: AdapterDatabase) async throws -> PostgresClient {
        guard self != .superuser else { return database.client }
        let name = "\(rawValue)_\(UUID().uuidString.lowercased().prefix(8))"
        let admin = database.client
        try await admin.execute("CREATE ROLE \(identifier: name) LOGIN PASSWORD 'secret'")
        if self == .member {
            try await admin.execute("GRANT cycgraph_app TO \(identifier: name)")
        } else {
            let tables = try await admin.collect(
                "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'", as: String.self)
            for table in tables {
                try await admin.execute("ALTER TABLE \(identifier: table) OWNER TO \(identifier: name)")
            }
        }
        return try database.client(user: name, password: "secret")
    }
}
