extension WorkflowGraph {
    /// The memory keys that a node sees: its own, and what its kind implies.
    ///
    /// An approval node also sees the keys to review. A supervisor without read keys sees what its managed nodes
    /// write.
    public func effectiveReadKeys(of node: GraphNode) -> [String] {
        switch node.type {
        case .approval:
            let review = node.approvalConfig?.reviewKeys.filter { $0 != "*" } ?? []
            return (node.readKeys + review).withoutRepetitions
        case .supervisor where node.readKeys.isEmpty:
            let managed = node.supervisorConfig?.managedNodes ?? []
            return managed.flatMap { id in
                guard let node = self.node(id) else { return ["\(id)_output"] }
                return node.writeKeys + node.impliedWriteKeys.filter { !Grant.all.contains($0) } + [
                    "\(id)_output"
                ]
            }.withoutRepetitions
        default:
            return node.readKeys
        }
    }

    /// What a node may change: its write keys, and what its kind implies.
    ///
    /// Beside memory keys there are two grants: `status` and `control_flow`.
    public func effectiveWriteKeys(of node: GraphNode) -> [String] {
        (node.writeKeys + node.impliedWriteKeys).withoutRepetitions
    }
}

extension [String] {
    /// The elements in order, each once.
    fileprivate var withoutRepetitions: [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}
