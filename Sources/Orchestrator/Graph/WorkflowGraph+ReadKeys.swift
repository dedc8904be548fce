import JSONModel

extension WorkflowGraph {
    /// The keys that nodes read and neither a node writes nor an input declares.
    var danglingReadKeys: [(node: String, key: String)] {
        var written = Set(inputs?.keys ?? [])
        for node in nodes { written.formUnion(effectiveWriteKeys(of: node)) }
        if written.contains("*") { return [] }
        return nodes.flatMap { node in
            node.readKeys.filter { key in
                let root = key.split(separator: ".", omittingEmptySubsequences: false).first.map(String.init)
                return key != "*" && !written.contains(root ?? key)
            }.map { (node.id, $0) }
        }
    }
}
