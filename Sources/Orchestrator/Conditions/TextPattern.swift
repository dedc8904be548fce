/// A compiled regular expression that matches in time linear in the text: states are followed side by side, never
/// by trying again.
///
/// The language is that of ECMAScript without backreferences and lookaround. A repetition without an upper bound
/// inside another one is refused, as in other implementations of the condition language.
///
/// Source: ECMAScript, section Patterns; the method is Thompson's.
struct TextPattern: Sendable {
    /// The longest pattern, in Unicode scalars.
    static let maxPattern = 1000
    /// The longest text, in Unicode scalars.
    static let maxInput = 10_000
    /// The most instructions that counted repetitions may lead to.
    static let maxInstructions = 2000

    enum Instruction: Sendable {
        case character(ScalarSet)
        case split(Int, Int)
        case jump(Int)
        case start
        case end
        case wordBoundary(isNegated: Bool)
        case match
    }

    private let program: [Instruction]

    /// Compiles a pattern.
    static func compiled(_ pattern: String) -> Result<TextPattern, ConditionEvaluationError> {
        let scalars = Array(pattern.unicodeScalars)
        guard scalars.count <= maxPattern else {
            return .failure(.unusablePattern("it is longer than \(maxPattern) characters"))
        }
        do {
            var parser = TextPatternParser(scalars)
            var compiler = TextPatternCompiler()
            return .success(TextPattern(program: try compiler.compile(try parser.pattern())))
        } catch {
            return .failure(error)
        }
    }

    /// Tells whether the pattern matches anywhere in the text.
    func matches(_ text: String) throws(ConditionEvaluationError) -> Bool {
        let input = Array(text.unicodeScalars.prefix(Self.maxInput + 1))
        guard input.count <= Self.maxInput else { throw .textTooLong(operation: "~=") }
        var active = TextPatternThreads(capacity: program.count)
        var next = TextPatternThreads(capacity: program.count)
        for position in 0...input.count {
            if follow(0, into: &active, at: position, in: input) { return true }
            guard position < input.count else { break }
            next.removeAll()
            for state in active.states {
                guard case .character(let set) = program[state], set.contains(input[position]) else {
                    continue
                }
                if follow(state + 1, into: &next, at: position + 1, in: input) { return true }
            }
            swap(&active, &next)
        }
        return false
    }

    /// Adds a state and all that it leads to without reading; true if a match is among them.
    private func follow(
        _ state: Int, into threads: inout TextPatternThreads, at position: Int, in input: [Unicode.Scalar]
    ) -> Bool {
        var pending = [state]
        while let state = pending.popLast() {
            guard threads.insert(state) else { continue }
            switch program[state] {
            case .character: break
            case .split(let first, let second): pending += [second, first]
            case .jump(let target): pending.append(target)
            case .start: if position == 0 { pending.append(state + 1) }
            case .end: if position == input.count { pending.append(state + 1) }
            case .wordBoundary(let isNegated):
                let before = position > 0 && ScalarSet.word.contains(input[position - 1])
                let after = position < input.count && ScalarSet.word.contains(input[position])
                if (before != after) != isNegated { pending.append(state + 1) }
            case .match: return true
            }
        }
        return false
    }
}
