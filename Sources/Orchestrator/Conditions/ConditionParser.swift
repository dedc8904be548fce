/// Parses the tokens of a condition by recursive descent, one function per precedence.
struct ConditionParser {
    private let tokens: [ConditionToken]
    private var position = 0
    private var depth = 0

    init(_ tokens: [ConditionToken]) {
        self.tokens = tokens
    }

    /// The whole expression.
    mutating func expression() throws(ConditionSyntaxError) -> ConditionNode {
        if current.kind == .end { throw ConditionSyntaxError(offset: 0, problem: .empty) }
        let node = try choice()
        guard current.kind == .end else { throw expected("an operator or the end") }
        return node
    }

    /// `if c then a else b` and the older `c ? a : b`.
    private mutating func choice() throws(ConditionSyntaxError) -> ConditionNode {
        try deeper { parser throws(ConditionSyntaxError) in
            if parser.take("if") {
                let condition = try parser.choice()
                try parser.require("then")
                let first = try parser.choice()
                try parser.require("else")
                return .choice(condition, then: first, else: try parser.choice())
            }
            let condition = try parser.disjunction()
            guard parser.take("?") else { return condition }
            let first = try parser.choice()
            try parser.require(":")
            return .choice(condition, then: first, else: try parser.choice())
        }
    }

    private mutating func disjunction() throws(ConditionSyntaxError) -> ConditionNode {
        let first = try conjunction()
        var operands = [first]
        while take("or") { operands.append(try conjunction()) }
        return operands.count == 1 ? first : .or(operands)
    }

    private mutating func conjunction() throws(ConditionSyntaxError) -> ConditionNode {
        let first = try membership()
        var operands = [first]
        while take("and") { operands.append(try membership()) }
        return operands.count == 1 ? first : .and(operands)
    }

    private mutating func membership() throws(ConditionSyntaxError) -> ConditionNode {
        let first = try comparison()
        var steps: [(isNegated: Bool, ConditionNode)] = []
        while true {
            if take("in") {
                steps.append((false, try comparison()))
            } else if current.kind == .mark("not"), tokens[position + 1].kind == .mark("in") {
                position += 2
                steps.append((true, try comparison()))
            } else {
                return steps.isEmpty ? first : .membership(first, steps)
            }
        }
    }

    private mutating func comparison() throws(ConditionSyntaxError) -> ConditionNode {
        let first = try sum()
        var steps: [ComparisonStep] = []
        while case .mark(let mark) = current.kind, let comparison = ComparisonStep.Operator(rawValue: mark) {
            position += 1
            let operand = try sum()
            var step = ComparisonStep(comparison: comparison, operand: operand)
            if comparison == .matches, case .string(let text) = operand {
                step.pattern = TextPattern.compiled(text)
            }
            steps.append(step)
        }
        return steps.isEmpty ? first : .comparison(first, steps)
    }

    private mutating func sum() throws(ConditionSyntaxError) -> ConditionNode {
        let first = try product()
        var steps: [(ArithmeticOperator, ConditionNode)] = []
        while true {
            if take("+") {
                steps.append((.add, try product()))
            } else if take("-") {
                steps.append((.subtract, try product()))
            } else {
                return steps.isEmpty ? first : .arithmetic(first, steps)
            }
        }
    }

    private mutating func product() throws(ConditionSyntaxError) -> ConditionNode {
        let first = try unary()
        var steps: [(ArithmeticOperator, ConditionNode)] = []
        while true {
            if take("*") {
                steps.append((.multiply, try unary()))
            } else if take("/") {
                steps.append((.divide, try unary()))
            } else if take("mod") || take("%") {
                steps.append((.modulo, try unary()))
            } else {
                return steps.isEmpty ? first : .arithmetic(first, steps)
            }
        }
    }

    private mutating func unary() throws(ConditionSyntaxError) -> ConditionNode {
        if take("not") { return .not(try operand()) }
        if take("-") { return .minus(try operand()) }
        let base = try primary()
        return take("^") ? .power(base, try operand()) : base
    }

    /// An operand of the operators that nest without brackets.
    private mutating func operand() throws(ConditionSyntaxError) -> ConditionNode {
        try deeper { parser throws(ConditionSyntaxError) in try parser.unary() }
    }

    private mutating func primary() throws(ConditionSyntaxError) -> ConditionNode {
        switch current.kind {
        case .number(let value):
            position += 1
            return .number(value)
        case .string(let value):
            position += 1
            return .string(value)
        case .symbol(let name):
            position += 1
            if take("(") { return .call(name, take(")") ? [] : try elements()) }
            let path = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
            guard take("of") else { return .name(path) }
            return .property(
                path, of: try deeper { parser throws(ConditionSyntaxError) in try parser.primary() })
        case .mark("("):
            position += 1
            let elements = try elements()
            return elements.count == 1 ? elements[0] : .list(elements)
        default:
            throw expected("a value")
        }
    }

    /// The elements of a list or call and the bracket that ends it.
    private mutating func elements() throws(ConditionSyntaxError) -> [ConditionNode] {
        var elements = [try choice()]
        while take(",") { elements.append(try choice()) }
        try require(")")
        return elements
    }

    private var current: ConditionToken { tokens[position] }

    private mutating func take(_ mark: String) -> Bool {
        guard current.kind == .mark(mark) else { return false }
        position += 1
        return true
    }

    private mutating func require(_ mark: String) throws(ConditionSyntaxError) {
        guard take(mark) else { throw expected("`\(mark)`") }
    }

    private func expected(_ what: String) -> ConditionSyntaxError {
        ConditionSyntaxError(offset: current.offset, problem: .expected(what, found: current.name))
    }

    private mutating func deeper(
        _ parse: (inout ConditionParser) throws(ConditionSyntaxError) -> ConditionNode
    ) throws(ConditionSyntaxError) -> ConditionNode {
        guard depth < ConditionExpression.maxDepth else {
            throw ConditionSyntaxError(offset: current.offset, problem: .tooDeep)
        }
        depth += 1
        defer { depth -= 1 }
        return try parse(&self)
    }
}
