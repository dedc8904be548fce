extension PostgresOID {
    /// The built-in range types: what the bounds are, the range and the multirange.
    private static let ranges: [(bound: PostgresOID, range: PostgresOID, multirange: PostgresOID)] = [
        (.int4, .int4Range, .int4Multirange), (.int8, .int8Range, .int8Multirange),
        (.numeric, .numRange, .numMultirange), (.date, .dateRange, .dateMultirange),
        (.timestamp, .tsRange, .tsMultirange), (.timestamptz, .tstzRange, .tstzMultirange),
    ]

    /// The built-in range type with bounds of this type.
    public var rangeType: PostgresOID? { Self.ranges.first { $0.bound == self }?.range }

    /// The built-in multirange type with bounds of this type.
    public var multirangeType: PostgresOID? { Self.ranges.first { $0.bound == self }?.multirange }

    /// The type of the bounds of this built-in range or multirange type.
    public var rangeBoundType: PostgresOID? {
        Self.ranges.first { $0.range == self || $0.multirange == self }?.bound
    }

    /// Whether this is a built-in multirange type.
    var isMultirange: Bool { Self.ranges.contains { $0.multirange == self } }
}
