/// How a connection is cut.
package enum FaultEnding: String, Sendable, CaseIterable {
    /// In order, as by a process that has ended.
    case finish = "fin"
    /// By a reset, as by a machine that has forgotten the connection.
    case reset = "rst"
}
