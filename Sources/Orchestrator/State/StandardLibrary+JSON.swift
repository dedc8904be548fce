package import JSONModel

extension String: JSONConvertible {
    package init(json: JSONValue) throws(WorkflowShapeError) {
        guard case .string(let text) = json else { throw WorkflowShapeError(problem: .expected("a string")) }
        self = text
    }

    package var json: JSONValue { .string(self) }
}

extension Bool: JSONConvertible {
    package init(json: JSONValue) throws(WorkflowShapeError) {
        guard case .bool(let value) = json else { throw WorkflowShapeError(problem: .expected("a boolean")) }
        self = value
    }

    package var json: JSONValue { .bool(self) }
}

extension Int: JSONConvertible {
    /// The greatest count that survives the wire, where numbers are doubles.
    private static let greatestExact = 9_007_199_254_740_992

    /// Reads a number; a fraction is rounded and a magnitude above 2^53 cut to it.
    package init(json: JSONValue) throws(WorkflowShapeError) {
        guard case .number(let number) = json else {
            throw WorkflowShapeError(problem: .expected("a number"))
        }
        self.init(clamping: number)
    }

    init(clamping number: JSONNumber) {
        let limit = Int.greatestExact
        if let value = number.intValue {
            self = Swift.min(Swift.max(value, -limit), limit)
        } else if let value = number.doubleValue, value.magnitude < Double(limit) {
            self = Int(value.rounded())
        } else {
            self = number.literal.hasPrefix("-") ? -limit : limit
        }
    }

    package var json: JSONValue { .number(self) }

    /// The sum, cut to the greatest count that survives the wire.
    func addingClamped(_ other: Int) -> Int {
        let (sum, overflow) = addingReportingOverflow(other)
        if overflow { return other < 0 ? -Int.greatestExact : Int.greatestExact }
        return Swift.min(Swift.max(sum, -Int.greatestExact), Int.greatestExact)
    }
}

extension Double: JSONConvertible {
    package init(json: JSONValue) throws(WorkflowShapeError) {
        guard case .number(let number) = json, let value = number.doubleValue else {
            throw WorkflowShapeError(problem: .expected("a number"))
        }
        self = value
    }

    package var json: JSONValue { .number(self) }
}

extension Duration: JSONConvertible {
    /// Reads milliseconds; a magnitude above 2^53 is cut to it.
    package init(json: JSONValue) throws(WorkflowShapeError) {
        guard case .number(let number) = json else {
            throw WorkflowShapeError(problem: .expected("a number of milliseconds"))
        }
        if number.intValue == nil, let value = number.doubleValue, value.magnitude < 1e12 {
            self = .nanoseconds(Int64((value * 1000).rounded(.down)) * 1000)
        } else {
            self = .milliseconds(Int(clamping: number))
        }
    }

    package var json: JSONValue {
        let (seconds, attoseconds) = components
        guard attoseconds % 1_000_000_000_000_000 == 0 else { return .number(wireMilliseconds) }
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1000)
        guard !overflow else { return .number(wireMilliseconds) }
        return .number(product + attoseconds / 1_000_000_000_000_000)
    }

    /// This duration in milliseconds, fractions included.
    package var wireMilliseconds: Double {
        Double(components.seconds) * 1000 + Double(components.attoseconds) / 1e15
    }
}

extension Array: JSONConvertible where Element: JSONConvertible {
    package init(json: JSONValue) throws(WorkflowShapeError) {
        guard case .array(let elements) = json else {
            throw WorkflowShapeError(problem: .expected("an array"))
        }
        self = []
        reserveCapacity(elements.count)
        for (index, element) in elements.enumerated() {
            do {
                append(try Element(json: element))
            } catch {
                throw error.inside("[\(index)]")
            }
        }
    }

    package var json: JSONValue { .array(map(\.json)) }
}

extension Dictionary: JSONConvertible where Key == String, Value: JSONConvertible {
    package init(json: JSONValue) throws(WorkflowShapeError) {
        guard case .object(let members) = json else {
            throw WorkflowShapeError(problem: .expected("an object"))
        }
        self = [:]
        reserveCapacity(members.count)
        for (key, member) in members {
            do {
                self[key] = try Value(json: member)
            } catch {
                throw error.inside(key)
            }
        }
    }

    package var json: JSONValue { .object(JSONObject(mapValues(\.json))) }
}
