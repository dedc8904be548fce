/// A set of Unicode scalars with a number for each, as sorted ranges.
struct ScalarRanges: Sendable {
    private var starts: [UInt32] = []
    private var ends: [UInt32] = []
    private var values: [UInt32] = []

    /// Reads a generated table.
    init(_ table: StaticString) {
        var end: UInt32 = 0
        for record in UnicodeTableReader.records(table) where record.count >= 2 {
            let start = end &+ record[0]
            end = start &+ record[1]
            starts.append(start)
            ends.append(end)
            values.append(record.count > 2 ? record[2] : 1)
        }
    }

    /// Whether the scalar is in the set.
    func contains(_ scalar: Unicode.Scalar) -> Bool { value(scalar) != 0 }

    /// The number of the scalar; 0 if it is not in the set.
    func value(_ scalar: Unicode.Scalar) -> UInt32 {
        var low = 0
        var high = starts.count
        while low < high {
            let middle = (low + high) / 2
            if ends[middle] < scalar.value { low = middle + 1 } else { high = middle }
        }
        guard low < starts.count, starts[low] <= scalar.value else { return 0 }
        return values[low]
    }
}
