package import PostgresWire

/// A database that belongs to one test.
package struct TestDatabase: Sendable {
    /// Its name.
    package let name: String
    /// How to reach it.
    package let configuration: PostgresConfiguration
    /// A pool on it.
    package let client: PostgresClient

    init(name: String, configuration: PostgresConfiguration, maximumConnections: Int) {
        self.name = name
        self.configuration = configuration
        var pool = PostgresClientConfiguration(configuration)
        pool.maximumConnections = maximumConnections
        client = PostgresClient(pool)
    }

    /// The same as a connection URI, as a program would get it.
    package var url: String {
        let user = configuration.user
        let password = configuration.password ?? ""
        return "postgres://\(user):\(password)@\(configuration.host):\(configuration.port)/\(name)"
    }

    /// A further pool, as another process would have; shut it down.
    package func anotherClient() -> PostgresClient {
        PostgresClient(PostgresClientConfiguration(configuration))
    }
}
