import EmbeddedPostgres
import Foundation
import Testing

/// Tells once whether this machine can have a server at all.
///
/// In continuous integration it must: there nothing is skipped.
actor ServerAvailability {
    static let shared = ServerAvailability()
    private var answer: Task<Bool, Never>?

    func isAvailable() async -> Bool {
        if ProcessInfo.processInfo.environment["CI"] != nil { return true }
        let task =
            answer
            ?? Task {
                do {
                    let server = try await EmbeddedPostgres.start(.ephemeral)
                    await server.stop()
                    return true
                } catch EmbeddedPostgresError.noServerAvailable {
                    return false
                } catch {
                    return true
                }
            }
        answer = task
        return await task.value
    }
}

extension Trait where Self == ConditionTrait {
    /// Skips the tests, by name, for an ordinary user on a machine without PostgreSQL and pip.
    static var needsServer: Self {
        .enabled("no PostgreSQL with pgvector here, and no pip to fetch one") {
            await ServerAvailability.shared.isAvailable()
        }
    }
}
