internal import Locking

/// Leaving a server that ends or may no longer be written to.
///
/// After a failover the pool so finds the new primary by itself: what is open to the old one is closed when it comes
/// back, and what is opened next goes through the configured servers again.
extension PostgresClient {
    /// Retires every connection to the server of `connection`: idle ones at once, lent ones when they come back.
    func leaveServer(of connection: PostgresConnection) {
        let endpoint = connection.endpoint
        let closing = state.withLock { state in
            let there = state.connections.filter { $0.value.endpoint == endpoint }
            let closing = state.machine.expire(there.keys)
            for number in closing { state.forget(number) }
            state.counters.retired += closing.count
            return closing.compactMap { there[$0] }
        }
        for connection in closing { connection.close() }
    }

    /// Whether an error says that the server is not what the configuration wants any more.
    ///
    /// A transaction that is read only by our own wish, on a server that reports that it can be written to, is no reason.
    ///
    /// Source: PostgreSQL 18 manual, "PostgreSQL Error Codes", 25006; `in_hot_standby` is reported since 14.
    static func isDemotion(
        _ sqlState: String, for target: TargetSession, _ parameters: [String: String]
    ) -> Bool {
        guard sqlState == "25006", target == .readWrite || target == .primary else { return false }
        guard let standby = parameters["in_hot_standby"],
            let readOnly = parameters["default_transaction_read_only"]
        else { return true }
        return standby == "on" || target == .readWrite && readOnly == "on"
    }
}

extension Session {
    /// Whether what is open to this server should be given up.
    var mustLeaveServer: Bool {
        state.withLock { $0.isDemoted || $0.failure?.tellsOfShutdown == true }
    }
}

extension PostgresError {
    /// Whether the server shuts down (57P01), has crashed (57P02) or cannot take sessions now (57P03).
    var tellsOfShutdown: Bool { sqlState == "57P01" || sqlState == "57P02" || sqlState == "57P03" }
}
