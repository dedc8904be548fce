/// Says that an environment variable holds no usable limit.
public struct RuntimeLimitError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The variable.
    public var name: String
    /// What it holds.
    public var value: String
    /// What it may hold.
    public var range: ClosedRange<Int>

    /// The variable, its value and the remedy.
    public var description: String {
        "\(name)=\(value) is not an integer from \(range.lowerBound) to \(range.upperBound): correct or unset it"
    }
}
