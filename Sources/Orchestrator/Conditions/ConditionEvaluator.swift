#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Computes the value of a compiled condition.
///
/// Pure; as deep as the expression's brackets.
struct ConditionEvaluator {
    /// The longest text that `+` makes, in UTF-8 bytes.
    static let maxJoinedBytes = 1_048_576

    let scope: ConditionScope

    func value(of node: ConditionNode) throws(ConditionEvaluationError) -> ConditionValue {
        switch node {
        case .number(let value): return .number(value)
        case .string(let text): return .string(text)
        case .name(let path): return scope.value(of: path)
        case .property(let path, let object): return try value(of: object).value(at: path)
        case .list(let elements): return .list(try values(of: elements))
        case .call(let name, let arguments):
            return try ConditionFunctions.call(name, try values(of: arguments))
        case .not(let operand): return .bool(!(try bool(operand, for: "not")))
        case .minus(let operand): return .number(-(try number(try value(of: operand), for: "-")))
        case .power(let base, let exponent):
            let base = try number(try value(of: base), for: "^")
            return .number(pow(base, try number(try value(of: exponent), for: "^")))
        case .arithmetic(let first, let steps): return try arithmetic(first, steps)
        case .comparison(let first, let steps): return .bool(try comparison(first, steps))
        case .membership(let first, let steps):
            var result = try value(of: first)
            for (isNegated, operand) in steps {
                result = .bool(Self.contains(try value(of: operand), result) != isNegated)
            }
            return result
        case .and(let operands):
            for operand in operands where !(try bool(operand, for: "and")) { return .bool(false) }
            return .bool(true)
        case .or(let operands):
            for operand in operands where try bool(operand, for: "or") { return .bool(true) }
            return .bool(false)
        case .choice(let condition, let first, let second):
            return try value(of: try bool(condition, for: "if") ? first : second)
        }
    }

    private func values(of nodes: [ConditionNode]) throws(ConditionEvaluationError) -> [ConditionValue] {
        var values: [ConditionValue] = []
        for node in nodes { values.append(try value(of: node)) }
        return values
    }

    private func arithmetic(
        _ first: ConditionNode, _ steps: [(ArithmeticOperator, ConditionNode)]
    ) throws(ConditionEvaluationError) -> ConditionValue {
        var result = try value(of: first)
        for (operation, operand) in steps {
            let right = try value(of: operand)
            if operation == .add {
                result = try sum(result, right)
                continue
            }
            let left = try number(result, for: operation.rawValue)
            let amount = try number(right, for: operation.rawValue)
            switch operation {
            case .add, .subtract: result = .number(left - amount)
            case .multiply: result = .number(left * amount)
            case .divide: result = .number(left / amount)
            case .modulo: result = .number(Self.flooredModulo(left, amount))
            }
        }
        return result
    }

    /// Adds numbers, and joins texts with texts and numbers.
    private func sum(
        _ left: ConditionValue, _ right: ConditionValue
    ) throws(ConditionEvaluationError) -> ConditionValue {
        let left = left.unwrapped
        let right = right.unwrapped
        if case .number(let left) = left, case .number(let right) = right { return .number(left + right) }
        let first = try text(left)
        let second = try text(right)
        guard first.utf8.count + second.utf8.count <= Self.maxJoinedBytes else {
            throw .textTooLong(operation: "+")
        }
        return .string(first + second)
    }

    private func text(_ value: ConditionValue) throws(ConditionEvaluationError) -> String {
        switch value {
        case .string(let text): return text
        case .number(let number): return number.scriptText
        default: throw .unsuitableOperand(operation: "+", found: value.typeName)
        }
    }

    private func comparison(
        _ first: ConditionNode, _ steps: [ComparisonStep]
    ) throws(ConditionEvaluationError) -> Bool {
        var left = try value(of: first)
        for step in steps {
            let right = try value(of: step.operand)
            guard try holds(left, step, right) else { return false }
            left = right
        }
        return true
    }

    private func holds(
        _ left: ConditionValue, _ step: ComparisonStep, _ right: ConditionValue
    ) throws(ConditionEvaluationError) -> Bool {
        let name = step.comparison.rawValue
        switch step.comparison {
        case .equal: return left == right
        case .notEqual: return left != right
        case .less: return try number(left, for: name) < (try number(right, for: name))
        case .lessOrEqual: return try number(left, for: name) <= (try number(right, for: name))
        case .greater: return try number(left, for: name) > (try number(right, for: name))
        case .greaterOrEqual: return try number(left, for: name) >= (try number(right, for: name))
        case .matches:
            guard case .string(let text) = left else {
                throw .unsuitableOperand(operation: name, found: left.typeName)
            }
            guard case .string(let pattern) = right else {
                throw .unsuitableOperand(operation: name, found: right.typeName)
            }
            return try (step.pattern ?? TextPattern.compiled(pattern)).get().matches(text)
        }
    }

    private func bool(
        _ node: ConditionNode, for operation: String
    ) throws(ConditionEvaluationError) -> Bool {
        let value = try value(of: node)
        guard case .bool(let result) = value.unwrapped else {
            throw .unsuitableOperand(operation: operation, found: value.typeName)
        }
        return result
    }

    private func number(
        _ value: ConditionValue, for operation: String
    ) throws(ConditionEvaluationError) -> Double {
        guard case .number(let number) = value.unwrapped else {
            throw .unsuitableOperand(operation: operation, found: value.typeName)
        }
        return number
    }

    /// Tells whether every element of `subset` (or `subset` itself) is in `set`.
    private static func contains(_ set: ConditionValue, _ subset: ConditionValue) -> Bool {
        let candidates = set.elements ?? [set]
        let wanted = subset.elements ?? [subset]
        // Two long lists would cost the product of their lengths.
        if candidates.count > 16, wanted.count > 16 { return Set(candidates).isSuperset(of: wanted) }
        return wanted.allSatisfy { candidates.contains($0) }
    }

    private static func flooredModulo(_ left: Double, _ right: Double) -> Double {
        let remainder = left.truncatingRemainder(dividingBy: right)
        return remainder != 0 && (remainder < 0) != (right < 0) ? remainder + right : remainder
    }
}

extension ConditionValue {
    /// The only element of a one-element array, else the value itself.
    fileprivate var unwrapped: ConditionValue {
        switch self {
        case .array(let elements) where elements.count == 1: ConditionValue(elements[0])
        case .list(let elements) where elements.count == 1: elements[0]
        default: self
        }
    }
}
