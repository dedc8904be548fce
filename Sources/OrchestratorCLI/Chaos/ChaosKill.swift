#if CLI
import FoundationEssentials

/// Something that was done to a worker.
struct ChaosKill: Sendable {
    /// Where, as the table names it.
    var point: String
    /// The runs that the worker held then.
    var runs: [UUID]
    /// When it was noticed, by the server's clock.
    var time: Date
}
#endif
