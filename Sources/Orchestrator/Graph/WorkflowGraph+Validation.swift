extension WorkflowGraph {
    /// Everything that keeps this graph from running, in the order of the definition; empty for a valid graph.
    ///
    /// Looks only at the graph: whether a handler is there for every node is another question. Compiles every
    /// condition.
    public func problems() -> [GraphProblem] {
        var validator = GraphValidator(self)
        return validator.validate()
    }

    /// What may be wrong with a graph that can run; empty for a graph that does what it says.
    ///
    /// A run does not look at these. Compiles every condition.
    public func warnings() -> [GraphWarning] {
        var review = GraphReview(self)
        return review.review()
    }
}
