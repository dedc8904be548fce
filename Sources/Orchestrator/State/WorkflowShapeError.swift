/// Says where a JSON value differs from the shape that the runtime expects.
public struct WorkflowShapeError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Says what is wrong at the place.
    public enum Problem: Sendable, Hashable {
        /// A required value is absent.
        case missing
        /// The value is of another kind than the named one.
        case expected(String)
    }

    /// The place, from the outermost value: `supervisor_history[3].timestamp`.
    ///
    /// Empty for the value itself.
    public var path: String
    /// What is wrong there.
    public var problem: Problem

    /// Creates an error at a place.
    public init(path: String = "", problem: Problem) {
        self.path = path
        self.problem = problem
    }

    /// The place and the problem in one line; never the value itself.
    public var description: String {
        let place = path.isEmpty ? "the value" : path
        return switch problem {
        case .missing: "\(place) is required and absent"
        case .expected(let kind): "\(place) must be \(kind)"
        }
    }

    /// The same error seen from the object that holds the value under `key`.
    package func inside(_ key: String) -> WorkflowShapeError {
        let separator = path.isEmpty || path.hasPrefix("[") ? "" : "."
        return WorkflowShapeError(path: key + separator + path, problem: problem)
    }
}
