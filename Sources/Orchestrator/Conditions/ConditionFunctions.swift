#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The functions that conditions may call.
///
/// A missing argument is undefined, a surplus one is ignored.
enum ConditionFunctions {
    static func call(
        _ name: String, _ arguments: [ConditionValue]
    ) throws(ConditionEvaluationError) -> ConditionValue {
        let value = arguments.first ?? .undefined
        switch name {
        case "abs": return .number(number(value).magnitude)
        case "ceil": return .number(number(value).rounded(.up))
        case "floor": return .number(number(value).rounded(.down))
        case "round": return .number((number(value) + 0.5).rounded(.down))
        case "log": return .number(log(number(value)))
        case "log2": return .number(log2(number(value)))
        case "log10": return .number(log10(number(value)))
        case "sqrt": return .number(number(value).squareRoot())
        case "max": return .number(extreme(arguments, from: -.infinity) { $0 > $1 })
        case "min": return .number(extreme(arguments, from: .infinity) { $0 < $1 })
        case "exists": return .bool(!isMissing(value))
        case "empty": return .bool(isMissing(value) || length(value) == 0)
        case "length": return .number(Double(length(value) ?? 0))
        case "lower": return mapText(value) { $0.lowercased() }
        case "upper": return mapText(value) { $0.uppercased() }
        case "typeof": return .string(value.typeName)
        case "includes":
            let wanted = arguments.count > 1 ? arguments[1] : .undefined
            return .bool(value.elements?.contains(wanted) ?? false)
        case "number": return .number(converted(value))
        default: throw .unknownFunction(name)
        }
    }

    private static func number(_ value: ConditionValue) -> Double {
        if case .number(let number) = value { number } else { .nan }
    }

    private static func extreme(
        _ arguments: [ConditionValue], from start: Double, _ isBetter: (Double, Double) -> Bool
    ) -> Double {
        var best = start
        for argument in arguments {
            let candidate = number(argument)
            if candidate.isNaN { return .nan }
            if isBetter(candidate, best) { best = candidate }
        }
        return best
    }

    private static func isMissing(_ value: ConditionValue) -> Bool {
        switch value {
        case .undefined, .null: true
        default: false
        }
    }

    /// The length of a text in UTF-16 units or of an array; nil for everything else.
    private static func length(_ value: ConditionValue) -> Int? {
        switch value {
        case .string(let text): text.utf16.count
        case .array(let elements): elements.count
        case .list(let elements): elements.count
        default: nil
        }
    }

    private static func mapText(_ value: ConditionValue, _ change: (String) -> String) -> ConditionValue {
        if case .string(let text) = value { .string(change(text)) } else { value }
    }

    private static func converted(_ value: ConditionValue) -> Double {
        switch value {
        case .number(let number): number.isFinite ? number : 0
        case .bool(let value): value ? 1 : 0
        case .string(let text): NumericText(text).value ?? 0
        default: 0
        }
    }
}
