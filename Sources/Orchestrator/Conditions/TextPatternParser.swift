/// Parses a pattern by recursive descent.
struct TextPatternParser {
    private static let maxDepth = 50

    private let scalars: [Unicode.Scalar]
    private var position = 0
    private var depth = 0

    init(_ scalars: [Unicode.Scalar]) {
        self.scalars = scalars
    }

    /// The whole pattern.
    mutating func pattern() throws(ConditionEvaluationError) -> TextPatternNode {
        let node = try alternatives()
        guard position == scalars.count else { throw .unusablePattern("a `)` opens nowhere") }
        return node
    }

    private mutating func alternatives() throws(ConditionEvaluationError) -> TextPatternNode {
        guard depth < Self.maxDepth else { throw .unusablePattern("its groups are nested too deep") }
        depth += 1
        defer { depth -= 1 }
        var choices = [try sequence()]
        while take("|") { choices.append(try sequence()) }
        return choices.count == 1 ? choices[0] : .alternatives(choices)
    }

    private mutating func sequence() throws(ConditionEvaluationError) -> TextPatternNode {
        var nodes: [TextPatternNode] = []
        while let scalar = peek, scalar != "|", scalar != ")" {
            let node = try atom()
            nodes.append(try repeated(node))
        }
        return .sequence(nodes)
    }

    private mutating func repeated(_ node: TextPatternNode) throws(ConditionEvaluationError)
        -> TextPatternNode
    {
        let bounds: (Int, Int?)
        if take("*") {
            bounds = (0, nil)
        } else if take("+") {
            bounds = (1, nil)
        } else if take("?") {
            bounds = (0, 1)
        } else if let counted = counts() {
            bounds = counted
        } else {
            return node
        }
        _ = take("?")
        if bounds.1 == nil, node.repeatsOpenly { throw .unusablePattern("it repeats a repetition") }
        if let maximum = bounds.1, maximum < bounds.0 {
            throw .unusablePattern("a repetition's bounds are swapped")
        }
        let isRepeatedAgain = take("*") || take("+") || take("?") || counts() != nil
        if isRepeatedAgain { throw .unusablePattern("there is nothing to repeat") }
        return .repetition(node, minimum: bounds.0, maximum: bounds.1)
    }

    /// `{n}`, `{n,}` or `{n,m}`; anything else after a brace is literal.
    private mutating func counts() -> (Int, Int?)? {
        let start = position
        if take("{"), let minimum = integer() {
            if take("}") { return (minimum, minimum) }
            if take(",") {
                let maximum = integer()
                if take("}") { return (minimum, maximum) }
            }
        }
        position = start
        return nil
    }

    private mutating func integer() -> Int? {
        var value: Int?
        while let scalar = peek, ScalarSet.digit.contains(scalar) {
            value = min((value ?? 0) * 10 + Int(scalar.value - 0x30), TextPattern.maxInstructions + 1)
            position += 1
        }
        return value
    }

    private mutating func atom() throws(ConditionEvaluationError) -> TextPatternNode {
        guard let scalar = peek else { return .sequence([]) }
        position += 1
        switch scalar {
        case "^": return .start
        case "$": return .end
        case ".": return .characters(ScalarSet.lineEnd.inverted)
        case "[": return .characters(try characterClass())
        case "(": return try group()
        case "*", "+", "?": throw .unusablePattern("there is nothing to repeat")
        case "\\": return try escape()
        default: return .characters(ScalarSet(scalar))
        }
    }

    private mutating func group() throws(ConditionEvaluationError) -> TextPatternNode {
        if take("?") {
            if take("<") {
                guard let first = peek, first != "=", first != "!" else {
                    throw .unusablePattern("lookaround is not supported")
                }
                while let scalar = peek, scalar != ">" { position += scalar == ")" ? scalars.count : 1 }
                guard take(">") else { throw .unusablePattern("a group's name has no end") }
            } else if !take(":") {
                throw .unusablePattern("lookaround is not supported")
            }
        }
        let node = try alternatives()
        guard take(")") else { throw .unusablePattern("a `(` has no end") }
        return node
    }

    private mutating func escape() throws(ConditionEvaluationError) -> TextPatternNode {
        if take("b") { return .wordBoundary(isNegated: false) }
        if take("B") { return .wordBoundary(isNegated: true) }
        if let scalar = peek, scalar == "k" || ("1"..."9").contains(scalar) {
            throw .unusablePattern("backreferences are not supported")
        }
        return .characters(try escapedSet())
    }

    /// What follows a backslash, inside a class or outside.
    private mutating func escapedSet() throws(ConditionEvaluationError) -> ScalarSet {
        guard let scalar = peek else { throw .unusablePattern("a backslash ends it") }
        position += 1
        switch scalar {
        case "d": return .digit
        case "D": return ScalarSet.digit.inverted
        case "w": return .word
        case "W": return ScalarSet.word.inverted
        case "s": return .space
        case "S": return ScalarSet.space.inverted
        case "n": return ScalarSet("\n")
        case "r": return ScalarSet("\r")
        case "t": return ScalarSet("\t")
        case "f": return ScalarSet("\u{0C}")
        case "v": return ScalarSet("\u{0B}")
        case "0": return ScalarSet("\0")
        case "x": return ScalarSet(hexadecimal(2) ?? scalar)
        case "u": return ScalarSet(hexadecimal(4) ?? scalar)
        default: return ScalarSet(scalar)
        }
    }

    private mutating func hexadecimal(_ count: Int) -> Unicode.Scalar? {
        let digits = scalars[position...].prefix(count)
        var value: UInt32 = 0
        for scalar in digits {
            guard scalar.isASCII, let digit = Character(scalar).hexDigitValue else { return nil }
            value = value * 16 + UInt32(digit)
        }
        guard digits.count == count, let result = Unicode.Scalar(value) else { return nil }
        position += count
        return result
    }

    private mutating func characterClass() throws(ConditionEvaluationError) -> ScalarSet {
        let isInverted = take("^")
        var set = ScalarSet()
        while !take("]") {
            let low = try classMember()
            guard peek == "-", position + 1 < scalars.count, scalars[position + 1] != "]",
                let first = low.single
            else {
                set.formUnion(low)
                continue
            }
            position += 1
            let high = try classMember()
            if let last = high.single {
                guard first <= last else { throw .unusablePattern("a class has a range that is swapped") }
                set.ranges.append(first...last)
            } else {
                set.formUnion(low)
                set.formUnion(ScalarSet("-"))
                set.formUnion(high)
            }
        }
        set.isInverted = isInverted
        return set
    }

    private mutating func classMember() throws(ConditionEvaluationError) -> ScalarSet {
        guard let scalar = peek else { throw .unusablePattern("a `[` has no end") }
        position += 1
        guard scalar == "\\" else { return ScalarSet(scalar) }
        return take("b") ? ScalarSet("\u{08}") : try escapedSet()
    }

    private var peek: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard peek == scalar else { return false }
        position += 1
        return true
    }
}

extension ScalarSet {
    /// The scalar of a set of one.
    fileprivate var single: UInt32? {
        guard !isInverted, ranges.count == 1, ranges[0].count == 1 else { return nil }
        return ranges[0].lowerBound
    }
}
