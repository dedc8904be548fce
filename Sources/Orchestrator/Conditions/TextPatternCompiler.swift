/// Turns a parsed pattern into instructions; counted repetitions are written out.
struct TextPatternCompiler {
    private var program: [TextPattern.Instruction] = []

    /// The instructions, with a match at the end.
    mutating func compile(
        _ node: TextPatternNode
    ) throws(ConditionEvaluationError) -> [TextPattern.Instruction] {
        try emit(node)
        try add(.match)
        return program
    }

    private mutating func emit(_ node: TextPatternNode) throws(ConditionEvaluationError) {
        switch node {
        case .characters(let set): try add(.character(set))
        case .start: try add(.start)
        case .end: try add(.end)
        case .wordBoundary(let isNegated): try add(.wordBoundary(isNegated: isNegated))
        case .sequence(let nodes):
            for node in nodes { try emit(node) }
        case .alternatives(let nodes): try emit(alternatives: nodes)
        case .repetition(let node, let minimum, let maximum):
            try emit(node, minimum: minimum, maximum: maximum)
        }
    }

    private mutating func emit(alternatives nodes: [TextPatternNode]) throws(ConditionEvaluationError) {
        var jumps: [Int] = []
        for (index, node) in nodes.enumerated() {
            guard index < nodes.count - 1 else {
                try emit(node)
                break
            }
            let split = program.count
            try add(.split(split + 1, split + 1))
            try emit(node)
            jumps.append(program.count)
            try add(.jump(0))
            program[split] = .split(split + 1, program.count)
        }
        for jump in jumps { program[jump] = .jump(program.count) }
    }

    private mutating func emit(
        _ node: TextPatternNode, minimum: Int, maximum: Int?
    ) throws(ConditionEvaluationError) {
        for _ in 0..<minimum {
            let start = program.count
            try emit(node)
            // Repeating what reads and asserts nothing changes nothing.
            if program.count == start { return }
        }
        guard let maximum else {
            let split = program.count
            try add(.split(split + 1, split + 1))
            try emit(node)
            try add(.jump(split))
            program[split] = .split(split + 1, program.count)
            return
        }
        var splits: [Int] = []
        for _ in minimum..<maximum {
            splits.append(program.count)
            try add(.split(0, 0))
            try emit(node)
        }
        for split in splits { program[split] = .split(split + 1, program.count) }
    }

    private mutating func add(_ instruction: TextPattern.Instruction) throws(ConditionEvaluationError) {
        guard program.count < TextPattern.maxInstructions else {
            throw .unusablePattern("its repetitions are too large")
        }
        program.append(instruction)
    }
}
