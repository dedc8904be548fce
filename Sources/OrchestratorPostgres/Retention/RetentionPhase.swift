/// The points between which a sweep or a restoration may be cut; tests cut it at each.
package enum RetentionPhase: String, CaseIterable, Sendable {
    /// The runs of a batch are locked.
    case locked
    /// A part of an archive is written.
    case written
    /// The archive is complete and durable, and has its final name.
    case published
    /// The manifest lists the archive.
    case enlisted
    /// The runs are deleted, and the transaction is about to be committed.
    case deleted
    /// The runs of an archive are back in the tables, and the transaction is about to be committed.
    case restored
}
