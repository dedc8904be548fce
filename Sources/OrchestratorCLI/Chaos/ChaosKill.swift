#if CLI
import FoundationEssentials

/// Something that was done to a worker, or to its server.
struct ChaosKill: Sendable {
    /// Where, as the table names it.
    var point: String
    /// The runs that the worker held then.
    var runs: [UUID]
    /// When it was noticed, by the server's clock.
    var time: Date
    /// Whether the worker died of it, so that others take its runs over.
    var isDeath = true
}
#endif
